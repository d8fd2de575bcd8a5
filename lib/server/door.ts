import { z } from 'zod';
import type { Contract, Part } from '@/lib/api/contract';
import { type ProblemDocument, problemDocument } from '@/lib/api/problem';
import { type Incoming, readBody } from './body';
import { log } from './log';
import { Refusal } from './refusal';
import { type Reply, responseOf } from './reply';
import { assertSameSite } from './same-site';

/** What a route's function is given: each part parsed by the contract, undefined where the contract has no such part. */
export interface Asked<C extends Contract> {
  readonly params: Part<C, 'params'>;
  readonly query: Part<C, 'query'>;
  readonly body: Part<C, 'body'>;
}

/** An answer with another status than the contract's usual one. */
export class Answered<Value> {
  readonly status: 200 | 202;
  readonly value: Value;

  constructor(status: 200 | 202, value: Value) {
    this.status = status;
    this.value = value;
  }
}

type AnswerOf<C extends Contract> = z.input<NonNullable<C['answer']>>;

type Answer<C extends Contract> = (
  asked: Asked<C>,
) => Promise<AnswerOf<C> | Answered<AnswerOf<C>> | undefined>;

type Params = Record<string, string | string[] | undefined>;

export type Responder = (request: Incoming, params: Params) => Promise<Reply>;

type RouteHandler = (request: Request, context: { readonly params: Promise<Params> }) => Promise<Response>;

/** The door of one contract, as a route of Next. */
export function door<C extends Contract>(contract: C, answer: Answer<C>): RouteHandler {
  const respond = responder(contract, answer);
  return async (request, context) => {
    return responseOf(await respond(request, await context.params));
  };
}

/**
 * The door of one contract: parses what was sent, calls one function, answers with what it returns, and turns every refusal into
 * `application/problem+json`. Nothing that a client sends makes a 500.
 */
export function responder<C extends Contract>(contract: C, answer: Answer<C>): Responder {
  return async (request, params) => {
    try {
      const { method, headers } = request;
      const fetchSite = headers.get('sec-fetch-site');
      assertSameSite({ method, host: headers.get('host') ?? '', origin: headers.get('origin'), fetchSite });
      const value = await answer(await ask(contract, request, params));
      if (contract.answer === undefined) return { status: contract.status, headers: {}, body: null };
      const [status, body] =
        value instanceof Answered ? [value.status, value.value] : [contract.status, value];
      return { status, headers: jsonHeaders, body: JSON.stringify(body) };
    } catch (error) {
      return refuse(error);
    }
  };
}

const jsonHeaders = { 'content-type': 'application/json', 'cache-control': 'no-store' };

async function ask<C extends Contract>(contract: C, request: Incoming, given: Params): Promise<Asked<C>> {
  const params = await parse(contract.params, () => given, 'path');
  const query = await parse(contract.query, () => queryOf(request), 'query');
  const body = await parse(contract.body, () => readBody(request), 'body');
  // Each part was parsed by the contract's own schema.
  return { params, query, body } as Asked<C>;
}

function queryOf(request: Incoming): unknown {
  return Object.fromEntries(new URL(request.url).searchParams);
}

async function parse(schema: z.ZodType | undefined, read: () => unknown, where: string): Promise<unknown> {
  if (schema === undefined) return undefined;
  const parsed = schema.safeParse(await read());
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.slice(0, 50).map((issue) => ({
    code: 'INVALID_REQUEST',
    severity: 'error' as const,
    pointer: ['', ...issue.path.map(escaped)].join('/'),
    message: messageOf(issue),
  }));
  const [first] = problems;
  throw new Refusal(
    'invalid-request',
    `The ${where} is not as it should be: ${first?.pointer === '' ? '' : `${first?.pointer}: `}${first?.message}`,
    problems,
  );
}

/** Where several forms are allowed, what each of them misses first: "Invalid input" alone would say nothing. */
function messageOf(issue: z.core.$ZodIssue): string {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return issue.message;
  const missing = issue.errors.map(([first]) => {
    if (first === undefined) return issue.message;
    const place = first.path.map((part) => `/${escaped(part)}`).join('');
    return place === '' ? messageOf(first) : `${place}: ${messageOf(first)}`;
  });
  return [...new Set(missing)].join('; or ');
}

function escaped(part: PropertyKey): string {
  return String(part).replaceAll('~', '~0').replaceAll('/', '~1');
}

/** The answer to a failure: a refusal as it is, what is known of the engine and the database in words, the rest as a defect. */
export function refuse(error: unknown): Reply {
  const document = documentOf(error);
  if (document.status === 500) log.error({ error }, 'a request failed');
  const headers = { ...jsonHeaders, 'content-type': 'application/problem+json' };
  return {
    status: document.status,
    headers: document.status === 503 ? { ...headers, 'retry-after': '1' } : headers,
    body: JSON.stringify(document),
  };
}

function documentOf(error: unknown): ProblemDocument {
  if (error instanceof Refusal) return error.document;
  if (isFromEngine(error, 'DuplicateExecution')) return problemDocument('name-taken', error.message);
  if (isFromEngine(error, 'EngineUnavailable') || isFromEngine(error, 'NotCreated'))
    return problemDocument('unavailable', error.message);
  if (isDatabaseAway(error)) {
    return problemDocument('unavailable', 'The database does not answer. Try again in a moment.');
  }
  return problemDocument('internal', 'This is a defect of Millrace; its log says more.');
}

/** By name: Next bundles the engine apart from the routes, so that each has a class of its own for the same error. */
export function isFromEngine(
  error: unknown,
  name: 'DuplicateExecution' | 'EngineUnavailable' | 'NotCreated',
): error is Error {
  return error instanceof Error && error.name === name;
}

/** Classes and codes of PostgreSQL and of sockets that mean: not now. */
function isDatabaseAway(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    const code = sqlStateOf(at) ?? ('code' in at ? String(at.code) : '');
    if (/^(?:08|57P|53)|^(?:ECONN|EPIPE|ENOENT|ETIMEDOUT)|^P10(?:01|02|08|17)/.test(code)) return true;
    if (/Connection terminated|timeout exceeded when trying to connect/.test(at.message)) return true;
  }
  return false;
}

const throughPrisma = z.object({
  meta: z.object({ driverAdapterError: z.object({ cause: z.object({ originalCode: z.string() }) }) }),
});

/** What PostgreSQL itself said to a query of Prisma's, whose own code for it may be any (P2039). */
function sqlStateOf(error: Error): string | undefined {
  return throughPrisma.safeParse(error).data?.meta.driverAdapterError.cause.originalCode;
}
