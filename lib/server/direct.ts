import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Contract } from '@/lib/api/contract';
import { contracts } from '@/lib/api/contracts';
import type { Incoming } from './body';
import { type Responder, responder } from './door';
import { startExecution } from './executions';
import { failCallback, heartbeatCallback, succeedCallback } from './repairs';
import { send } from './reply';
import { patternOf } from './routes';

interface Direct {
  readonly method: string;
  readonly pattern: RegExp;
  readonly answer: Responder;
}

/**
 * The doors that programs knock at many times a second. On its way through Next a request costs more than all that these do, so
 * they are answered before it; Next has routes to the same functions, for whoever hosts it alone.
 */
const doors: readonly Direct[] = [
  at(contracts.startExecution, responder(contracts.startExecution, startExecution)),
  at(contracts.succeedCallback, responder(contracts.succeedCallback, succeedCallback)),
  at(contracts.failCallback, responder(contracts.failCallback, failCallback)),
  at(contracts.heartbeatCallback, responder(contracts.heartbeatCallback, heartbeatCallback)),
];

function at({ method, path }: Contract, answer: Responder): Direct {
  return { method, pattern: patternOf(path), answer };
}

/** Answers what is for one of these doors and returns true; leaves every other request alone. `path` is without the query. */
export async function answerDirectly(
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  for (const { method, pattern, answer } of doors) {
    const found = method === request.method ? pattern.exec(path) : null;
    if (found === null) continue;
    const parts = Object.entries(found.groups ?? {}).map(([name, part]) => [name, decodeURIComponent(part)]);
    const reply = await answer(asked(request), Object.fromEntries(parts));
    // A write to a socket can take a millisecond: what the commit has set going, the first step's call above all, goes out first.
    setImmediate(() => send(response, reply));
    return true;
  }
  return false;
}

function asked(request: IncomingMessage): Incoming {
  const { method = 'GET', url = '/', headers } = request;
  return {
    method,
    url: new URL(url.replace(/^\/+/, '/'), 'http://localhost').href,
    headers: { get: (name) => said(headers[name]) },
    body: request,
  };
}

function said(header: string | string[] | undefined): string | null {
  return typeof header === 'string' ? header : (header?.join(', ') ?? null);
}
