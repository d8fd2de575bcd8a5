import type { Given, Part } from './contract';
import type { contracts } from './contracts';
import {
  isProblemDocument,
  kindOf,
  type ProblemDocument,
  type ProblemKind,
  problemDocument,
} from './problem';
import { basePath, routes } from './routes';

/** What the server refused, or why it could not be asked: `kind` to decide by, `document` to show. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  /** Undefined where something between us and the server answered. */
  readonly kind: ProblemKind | 'unreachable' | undefined;
  readonly document: ProblemDocument;

  constructor(kind: ApiProblem['kind'], document: ProblemDocument) {
    super(document.detail);
    this.kind = kind;
    this.document = document;
  }
}

/** Whether the server says that there is no such thing, be it that its id cannot be one. */
export function isMissing(problem: unknown): boolean {
  return (
    problem instanceof ApiProblem && (problem.kind === 'not-found' || problem.kind === 'invalid-request')
  );
}

interface Connection {
  /** `http://127.0.0.1:3000`; empty in the browser. */
  readonly origin: string;
  readonly fetch: typeof fetch;
  /** What an answer must pass; without it answers are taken to be what the contracts say, as a page may of its own server. */
  readonly check: (name: keyof Contracts, answer: unknown) => unknown;
}

type Contracts = typeof contracts;
type Present<Value> = { [Key in keyof Value as Value[Key] extends undefined ? never : Key]: Value[Key] };
/** What a function of the client takes, by the parts of its contract; parts that a contract lacks are left out. */
type Request<Name extends keyof Contracts> = Present<{
  params: Given<Contracts[Name], 'params'>;
  body: Given<Contracts[Name], 'body'>;
}> &
  // Each query has its defaults.
  Partial<Present<{ query: Given<Contracts[Name], 'query'> }>>;

/** What a function of the client resolves to. */
type Answer<Name extends keyof Contracts> = Part<Contracts[Name], 'answer'>;

/**
 * One function per contract: `client.getFlow({ params: { flowId } })`. Each resolves to the answer and rejects with an
 * ApiProblem; an aborted call rejects with the signal's reason.
 */
export type Client = {
  readonly [Name in keyof Contracts]: (request: Request<Name>, signal?: AbortSignal) => Promise<Answer<Name>>;
};

/** A client of one server; without arguments, of the server that the page came from. */
export function openClient({
  origin = '',
  fetch: send = globalThis.fetch,
  check = (_, answer) => answer,
}: Partial<Connection> = {}): Client {
  const connection = { origin, fetch: send, check };
  // `keys` forgets that they are the names of the routes.
  const names = Object.keys(routes) as (keyof Contracts)[];
  const functions = names.map((name) => [
    name,
    (request: Parts, signal?: AbortSignal) => call(connection, name, request, signal),
  ]);
  // The mapped type says for each name what `call` does with that name's contract.
  return Object.fromEntries(functions) as Client;
}

interface Parts {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

async function call(connection: Connection, name: keyof Contracts, request: Parts, signal?: AbortSignal) {
  const response = await ask(connection, routes[name], request, signal);
  if (!response.ok) throw await refusal(response);
  return response.status === 204 ? undefined : connection.check(name, await response.json());
}

interface Route {
  readonly method: string;
  readonly path: string;
}

async function ask({ origin, fetch }: Connection, route: Route, request: Parts, signal?: AbortSignal) {
  const address = origin + basePath + fill(route.path, request.params ?? {}) + search(request.query ?? {});
  const sending = route.method !== 'GET' && route.method !== 'DELETE';
  try {
    return await fetch(address, {
      method: route.method,
      ...(signal === undefined ? {} : { signal }),
      ...(sending
        ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(request.body ?? {}) }
        : {}),
    });
  } catch (failure) {
    if (signal?.aborted) throw failure;
    const document = problemDocument('unavailable', 'The server does not answer. Is it still running?');
    throw new ApiProblem('unreachable', document);
  }
}

/** `/flows/{flowId}` with its names replaced by their values. */
function fill(path: string, params: Readonly<Record<string, unknown>>): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name])));
}

function search(query: Readonly<Record<string, unknown>>): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return text === '' ? '' : `?${text}`;
}

async function refusal(response: Response): Promise<ApiProblem> {
  const body: unknown = await response.json().catch(() => undefined);
  if (isProblemDocument(body)) return new ApiProblem(kindOf(body), body);
  const title = response.statusText === '' ? 'Unexpected answer' : response.statusText;
  const detail = `The server answered ${response.status} and no reason`;
  return new ApiProblem(undefined, { type: 'about:blank', title, status: response.status, detail });
}
