import type { Problem } from './resources';

/** Everything that the API refuses with, and the HTTP status that goes with it. `type` is `urn:millrace:problem:NAME`. */
export const problemKinds = {
  'invalid-request': { status: 400, title: 'The request is not what this address takes' },
  'not-json': { status: 400, title: 'The body is not JSON' },
  'foreign-origin': { status: 403, title: 'The request comes from another site' },
  'not-found': { status: 404, title: 'There is no such thing' },
  'method-not-allowed': { status: 405, title: 'This address does not know the method' },
  'too-slow': { status: 408, title: 'The request came too slowly' },
  'name-taken': { status: 409, title: 'The name is taken' },
  'flow-in-use': { status: 409, title: 'Executions of the flow are running' },
  refused: { status: 409, title: 'The execution refused' },
  'callback-not-awaited': { status: 409, title: 'The callback came too late, or a second time' },
  'plan-out-of-date': { status: 409, title: 'The execution has gone on since the plan was made' },
  'too-large': { status: 413, title: 'The body is too large' },
  'unsupported-media-type': { status: 415, title: 'The body is not declared as JSON' },
  'invalid-definition': { status: 422, title: 'The definition has errors' },
  'headers-too-large': { status: 431, title: 'The headers are too long' },
  internal: { status: 500, title: 'Something is broken in Millrace' },
  unavailable: { status: 503, title: 'Millrace is not ready' },
} as const;

export type ProblemKind = keyof typeof problemKinds;

const prefix = 'urn:millrace:problem:';

/** The body of every answer that is not a success, sent as `application/problem+json` (RFC 9457). */
export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly problems?: readonly Problem[] | undefined;
}

/** The document of a refusal. `problems` says where, if the request or a definition in it is at fault. */
export function problemDocument(
  kind: ProblemKind,
  detail: string,
  problems?: ProblemDocument['problems'],
): ProblemDocument {
  const { status, title } = problemKinds[kind];
  return { type: prefix + kind, title, status, detail, ...(problems === undefined ? {} : { problems }) };
}

/** Which refusal a document is; undefined where it is none of ours (a proxy answered, say). */
export function kindOf(document: ProblemDocument): ProblemKind | undefined {
  const name = document.type.slice(prefix.length);
  return document.type.startsWith(prefix) && name in problemKinds ? (name as ProblemKind) : undefined;
}

/** Whether a body is such a document: a proxy on the way answers with other things. */
export function isProblemDocument(body: unknown): body is ProblemDocument {
  if (typeof body !== 'object' || body === null) return false;
  const { type, title, status, detail } = body as Partial<Record<string, unknown>>;
  return [type, title, detail].every((text) => typeof text === 'string') && typeof status === 'number';
}
