import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';

/** What a service says to a request. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** The connection is closed without a word: the client cannot know what was done. */
  readonly isLost?: boolean;
}

/** A request that is refused, in words that say what to do. */
export class Refused extends Error {
  readonly answer: Answer;

  constructor(status: number, title: string, detail: string, headers: Answer['headers'] = {}) {
    super(detail);
    this.answer = {
      status,
      body: { title, status, detail },
      headers: { 'content-type': 'application/problem+json', ...headers },
    };
  }
}

const mostBytes = 16_384;

/** The body as the schema's output. Throws Refused. */
export async function bodyOf<Schema extends z.ZodType>(
  request: IncomingMessage,
  schema: Schema,
): Promise<z.output<Schema>> {
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? ''))
    throw new Refused(415, 'Not JSON', 'Send the body with Content-Type: application/json.');
  let json: unknown;
  try {
    json = JSON.parse(await textOf(request));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new Refused(400, 'Bad request', `The body is not JSON: ${error.message}`);
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new Refused(400, 'Bad request', `The body does not fit. ${z.prettifyError(parsed.error)}`);
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > mostBytes)
      throw new Refused(413, 'Too large', `The body may have ${mostBytes} bytes.`, { connection: 'close' });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

export function send(response: ServerResponse, { status, body, headers = {}, isLost }: Answer): void {
  if (isLost) {
    response.destroy();
    return;
  }
  const isText = typeof body === 'string';
  response.writeHead(status, {
    'content-type': isText ? 'text/html; charset=utf-8' : 'application/json',
    'cache-control': 'no-store',
    ...headers,
  });
  response.end(isText ? body : JSON.stringify(body));
}
