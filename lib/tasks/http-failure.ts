import type { TaskResult } from '@/lib/runner/ports';

/** A request that came to nothing for a reason that has a name: the step's error. */
export class HttpFailure extends Error {
  override readonly name = 'HttpFailure';
  readonly error: string;

  constructor(error: string, cause: string) {
    super(cause);
    this.error = error;
  }
}

/** What went wrong on the way, in a plain sentence that names the host and never the whole address (it may hold secrets). */
export function failureOf(thrown: unknown, { host, hostname }: URL): TaskResult {
  if (thrown instanceof HttpFailure) return { kind: 'failed', error: thrown.error, cause: thrown.message };
  const code = codeOf(thrown);
  if (thrown instanceof Error && thrown.name === 'HTTPParserError')
    return { kind: 'failed', error: 'Http.InvalidResponse', cause: `What ${host} answered is no HTTP.` };
  if (unpacking.test(code))
    return {
      kind: 'failed',
      error: 'Http.InvalidResponse',
      cause: `The body that ${host} sent cannot be unpacked.`,
    };
  const sentence = sentences[code]?.(host, hostname) ?? `The request to ${host} failed: ${wordsOf(thrown)}`;
  return { kind: 'failed', error: 'Http.ConnectionFailed', cause: sentence };
}

/** Codes of zlib and brotli. */
const unpacking = /^(Z_|ERR__ERROR_|ERR_BROTLI)/;

const sentences: Readonly<Record<string, (host: string, hostname: string) => string>> = {
  ECONNREFUSED: (host) => `Nothing listens at ${host}: the connection was refused.`,
  ENOTFOUND: (_, hostname) => `There is no host called ${hostname}.`,
  EAI_AGAIN: (_, hostname) => `The name ${hostname} could not be looked up now.`,
  ECONNRESET: (host) => `${host} closed the connection before it had answered.`,
  UND_ERR_SOCKET: (host) => `${host} closed the connection before it had answered.`,
  UND_ERR_CONNECT_TIMEOUT: (host) => `${host} did not accept the connection in time.`,
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: (host) => `${host} sent less than it had announced.`,
  UND_ERR_HEADERS_OVERFLOW: (host) => `${host} sent more than 64 KB of headers.`,
  EHOSTUNREACH: (host) => `${host} cannot be reached from here.`,
  ENETUNREACH: (host) => `${host} cannot be reached from here.`,
};

/** The code of an error, or of the first of those that it is made of (one per address of the host). */
function codeOf(thrown: unknown): string {
  if (thrown instanceof AggregateError && !('code' in thrown)) return codeOf(thrown.errors[0]);
  return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
}

function wordsOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
