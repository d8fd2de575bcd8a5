import { Refusal } from './refusal';

/** Bytes of a request body: the greatest definition (1 MiB) or input (8 MiB), as JSON text with room for its escapes. */
const bodyLimit = 16 * 1024 * 1024;

/** How deep a body may be nested: what recurses over it later (validation, storage, the browser) stays clear of its stack's end. */
const depthLimit = 200;

/** What is read of a request: of one that Next hands over, or of one as Node has it. Names of headers are in lower case. */
export interface Incoming {
  readonly method: string;
  readonly url: string;
  readonly headers: { readonly get: (name: string) => string | null };
  readonly body: AsyncIterable<Uint8Array> | null;
}

/** The JSON value of a request's body; an empty body is an empty object. Throws Refusal. */
export async function readBody(request: Incoming): Promise<unknown> {
  const text = await textOf(request);
  if (text.trim() === '') return {};
  const type = request.headers.get('content-type') ?? '';
  if (!/^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i.test(type)) {
    throw new Refusal(
      'unsupported-media-type',
      'Send the body as JSON, with the header Content-Type: application/json.',
    );
  }
  const value = parsed(text);
  assertStorable(value);
  return value;
}

async function textOf(request: Incoming): Promise<string> {
  const announced = Number(request.headers.get('content-length') ?? 0);
  if (announced > bodyLimit) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > bodyLimit) throw tooLarge();
    chunks.push(chunk);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new Refusal('not-json', 'The body is not UTF-8 text.');
  }
}

function tooLarge(): Refusal {
  return new Refusal('too-large', `A body may have ${bodyLimit / 1024 / 1024} MiB at the most.`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // What JSON.parse says names the place, and nothing but the text that was sent.
    throw new Refusal('not-json', `The body is not JSON: ${error instanceof Error ? error.message : ''}`);
  }
}

const unstorable = /\0|\p{Surrogate}/u;

/** PostgreSQL stores neither U+0000 nor lone surrogates. Iterative, since the depth is not known to be sane yet. */
function assertStorable(root: unknown): void {
  const open: { value: unknown; depth: number }[] = [{ value: root, depth: 0 }];
  for (let entry = open.pop(); entry !== undefined; entry = open.pop()) {
    const { value, depth } = entry;
    if (typeof value === 'string') assertText(value);
    if (typeof value !== 'object' || value === null) continue;
    if (depth >= depthLimit) {
      throw new Refusal('invalid-request', `The body is nested more than ${depthLimit} levels deep.`);
    }
    for (const [key, member] of Object.entries(value)) {
      assertText(key);
      open.push({ value: member, depth: depth + 1 });
    }
  }
}

function assertText(text: string): void {
  if (!unstorable.test(text)) return;
  throw new Refusal(
    'invalid-request',
    'A text in the body holds U+0000 or a lone surrogate, which cannot be stored.',
  );
}
