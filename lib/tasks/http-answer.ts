import { pipeline, type Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { Dispatcher } from 'undici';
import { deepestNesting, isNestedTooDeep } from '@/lib/expression/depth';
import type { Json } from '@/lib/expression/json';
import { HttpFailure } from './http-failure';

interface Answer {
  readonly status: number;
  /** Names in lower case; a header that came several times has its values joined by commas. */
  readonly headers: { readonly [name: string]: string };
  /** JSON where the service says that it is, else text; null where there was none. */
  readonly body: Json;
  /** Of the body, unpacked. */
  readonly bytes: number;
}

/** Reads the whole answer. Throws HttpFailure where the body is too large, broken or not what it claims to be. */
export async function readAnswer(
  response: Dispatcher.ResponseData,
  { method, most }: { readonly method: string; readonly most: number },
): Promise<Answer> {
  const headers = headersOf(response);
  const bytes = isBodiless(response, method)
    ? await nothing(response)
    : await readAtMost(unpacked(response.body, headers['content-encoding']), most);
  return {
    status: response.statusCode,
    headers,
    body: bodyOf(bytes, headers['content-type'] ?? ''),
    bytes: bytes.length,
  };
}

function headersOf({ headers }: Dispatcher.ResponseData): { readonly [name: string]: string } {
  const entries = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined
      ? []
      : [[name.toLowerCase(), Array.isArray(value) ? value.join(', ') : value] as const],
  );
  return Object.fromEntries(entries);
}

/** Such an answer may say how a body would be packed, but has none to unpack. */
function isBodiless({ statusCode, headers }: Dispatcher.ResponseData, method: string): boolean {
  return method === 'HEAD' || statusCode === 204 || statusCode === 304 || headers['content-length'] === '0';
}

async function nothing({ body }: Dispatcher.ResponseData): Promise<Buffer> {
  await body.dump();
  return Buffer.alloc(0);
}

const unpackers = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/** The body as it comes, unpacked. */
export function bodyStream(response: Dispatcher.ResponseData): Readable {
  return unpacked(response.body, headersOf(response)['content-encoding']);
}

function unpacked(body: Readable, encoding = 'identity'): Readable {
  const name = encoding.toLowerCase();
  if (!Object.hasOwn(unpackers, name)) return body;
  // The line above has looked.
  const unpacker = unpackers[name as keyof typeof unpackers]();
  // Errors of either come out of the unpacker, and whoever closes that closes the connection.
  return pipeline(body, unpacker, () => {});
}

/** Counted as it comes, so that neither an endless answer nor a packed one fills the memory. */
async function readAtMost(body: Readable, most: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of body) {
      bytes += chunk.length;
      if (bytes > most) {
        throw new HttpFailure(
          'Http.ResponseTooLarge',
          `The body has more than ${most} bytes. Raise maxResponseBytes, or let the service store it and answer with a reference.`,
        );
      }
      chunks.push(chunk);
    }
  } finally {
    body.destroy();
  }
  return Buffer.concat(chunks);
}

function bodyOf(bytes: Buffer, type: string): Json {
  if (bytes.length === 0) return null;
  const text = decoded(bytes, /charset="?([^";\s]+)/i.exec(type)?.[1]);
  if (!/^[^;]*[/+]json\b/i.test(type)) return text;
  const body = parsed(text);
  if (isNestedTooDeep(body)) {
    throw new HttpFailure(
      'Http.InvalidResponse',
      `The body is nested more than ${deepestNesting} levels deep: let the service answer with a flatter one.`,
    );
  }
  return body;
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new HttpFailure(
      'Http.InvalidResponse',
      `The body is declared as JSON but cannot be read as such: ${reason}`,
    );
  }
}

/** What is no character in the declared encoding becomes U+FFFD; an encoding that nobody knows is taken for UTF-8. */
function decoded(bytes: Buffer, charset = 'utf-8'): string {
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}
