import { basePath, type Contract, type Given, type Part } from './contract';
import { contracts } from './contracts';
import { kindOf, ProblemDocument, type ProblemKind, problemDocument } from './problem';

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
 * One function per contract: `client.getFlow({ params: { flowId } })`. Each resolves to the parsed answer and rejects
 * with an ApiProblem; an aborted call rejects with the signal's reason.
 */
export type Client = {
  readonly [Name in keyof Contracts]: (request: Request<Name>, signal?: AbortSignal) => Promise<Answer<Name>>;
};

/** A client of one server; without arguments, of the server that the page came from. */
export function openClient({
  origin = '',
  fetch: send = globalThis.fetch,
}: Partial<Connection> = {}): Client {
  const connection = { origin, fetch: send };
  const functions = Object.entries(contracts).map(([name, contract]) => [
    name,
    (request: Parts, signal?: AbortSignal) => call(connection, contract, request, signal),
  ]);
  // The mapped type says for each name what `call` does with that name's contract.
  return Object.fromEntries(functions) as Client;
}

interface Parts {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

async function call(connection: Connection, contract: Contract, request: Parts, signal?: AbortSignal) {
  const response = await ask(connection, contract, request, signal);
  if (!response.ok) throw await refusal(response);
  if (contract.answer === undefined) return undefined;
  return contract.answer.parse(await response.json());
}

async function ask({ origin, fetch }: Connection, contract: Contract, request: Parts, signal?: AbortSignal) {
  const address = origin + basePath + fill(contract.path, request.params ?? {}) + search(request.query ?? {});
  const sending = contract.body !== undefined;
  try {
    return await fetch(address, {
      method: contract.method,
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
  const parsed = ProblemDocument.safeParse(await response.json().catch(() => undefined));
  if (parsed.success) return new ApiProblem(kindOf(parsed.data), parsed.data);
  const title = response.statusText === '' ? 'Unexpected answer' : response.statusText;
  const detail = `The server answered ${response.status} and no reason`;
  return new ApiProblem(undefined, { type: 'about:blank', title, status: response.status, detail });
}
