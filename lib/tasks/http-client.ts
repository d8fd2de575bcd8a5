import type { Readable } from 'node:stream';
import { Agent, type Dispatcher } from 'undici';
import type { Json } from '@/lib/expression/json';
import type { TaskCall, TaskResult } from '@/lib/runner/ports';
import { bodyStream, readAnswer } from './http-answer';
import { failureOf, HttpFailure } from './http-failure';
import { guardedConnector } from './http-guard';
import type { HttpParameters } from './http-parameters';

/** How many times a GET or HEAD is sent on to where the answer says. */
const mostRedirects = 5;

/** Sends requests over connections that are kept open between calls. */
export class HttpClient {
  private readonly agent = new Agent({
    connect: guardedConnector(),
    // The call's own limit counts: a slow service may take as long as its step allows.
    headersTimeout: 0,
    bodyTimeout: 0,
    maxHeaderSize: 65_536,
  });

  /** Never rejects for what the outside does: that is a failed result. */
  async send(call: TaskCall, parameters: HttpParameters): Promise<TaskResult> {
    const { timeoutSeconds, method } = parameters;
    const url = addressOf(parameters);
    const timeout = AbortSignal.timeout(timeoutSeconds * 1000);
    const began = performance.now();
    call.log('info', `${method} ${url.origin}${url.pathname}`);
    try {
      const answer = await this.answer(parameters, url, call, AbortSignal.any([call.signal, timeout]));
      const took = Math.round(performance.now() - began);
      call.log('info', `${answer.status} after ${took} ms, ${answer.bytes} bytes`);
      const { status, headers, body } = answer;
      if (isExpected(status, parameters.expectedStatus))
        return { kind: 'succeeded', output: { status, headers, body } };
      throw new HttpFailure(
        `Http.Status.${status}`,
        startOf(body) || `${method} ${url.origin}${url.pathname} answered ${status}`,
      );
    } catch (error) {
      const failed =
        timeout.aborted && !call.signal.aborted ? lateness(timeoutSeconds) : failureOf(error, url);
      call.log('error', failed.kind === 'failed' ? `${failed.error}: ${failed.cause.slice(0, 500)}` : '');
      return failed;
    }
  }

  /** The body of what a GET is answered, as it comes. Rejects with a sentence. */
  async open(
    parameters: Pick<HttpParameters, 'url' | 'headers' | 'query' | 'timeoutSeconds'>,
  ): Promise<Readable> {
    const url = addressOf(parameters);
    const signal = AbortSignal.timeout(parameters.timeoutSeconds * 1000);
    try {
      const response = await this.follow({ method: 'GET', headers: headersOf(parameters), signal }, url);
      if (response.statusCode === 200) return bodyStream(response);
      await response.body.dump();
      throw new HttpFailure(
        'Http.Status',
        `GET ${url.origin}${url.pathname} answered ${response.statusCode}.`,
      );
    } catch (error) {
      const failed = failureOf(error, url);
      throw new Error(failed.kind === 'failed' ? failed.cause : '');
    }
  }

  async close(): Promise<void> {
    await this.agent.destroy();
  }

  private async answer(parameters: HttpParameters, url: URL, call: TaskCall, signal: AbortSignal) {
    const { method, body } = parameters;
    const request = {
      method,
      headers: headersOf(parameters, call),
      signal,
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    };
    const response = await this.follow(request, url);
    return readAnswer(response, { method, most: parameters.maxResponseBytes });
  }

  /** What only asks is sent on to where the answer says. Another origin is told nothing that was meant for the first one. */
  private async follow(request: Request, first: URL): Promise<Dispatcher.ResponseData> {
    const asks = request.method === 'GET' || request.method === 'HEAD';
    let { headers } = request;
    for (let url = first, redirects = 0; ; redirects += 1) {
      const { origin, pathname, search } = url;
      const response = await this.agent.request({ ...request, headers, origin, path: pathname + search });
      const next = asks ? nextAddress(response, url) : undefined;
      if (next === undefined) return response;
      await response.body.dump();
      if (redirects === mostRedirects)
        throw new HttpFailure(
          'Http.TooManyRedirects',
          `${first.host} sent the request on more than ${mostRedirects} times.`,
        );
      if (next.origin !== url.origin) headers = publicHeaders;
      url = next;
    }
  }
}

interface Request {
  readonly method: Dispatcher.HttpMethod;
  readonly headers: Record<string, string>;
  readonly signal: AbortSignal;
  readonly body?: string;
}

const publicHeaders = { 'user-agent': 'millrace', accept: '*/*' };
const redirections = new Set([301, 302, 303, 307, 308]);

/** Where an answer sends the request on to; undefined where it is the answer itself. */
function nextAddress(
  { statusCode, headers: { location } }: Dispatcher.ResponseData,
  from: URL,
): URL | undefined {
  if (!redirections.has(statusCode) || typeof location !== 'string') return undefined;
  const next = URL.canParse(location, from.href) ? new URL(location, from.href) : undefined;
  if (next === undefined || !/^https?:$/.test(next.protocol))
    throw new HttpFailure(
      'Http.InvalidResponse',
      `${from.host} sends the request on to an address that cannot be read.`,
    );
  return next;
}

/** The address with the query's parts added. */
function addressOf({ url, query = {} }: Pick<HttpParameters, 'url' | 'query'>): URL {
  const address = new URL(url);
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) address.searchParams.append(name, String(one));
  }
  return address;
}

/** What the flow says, and where it says nothing: the type of the body, and a key that lets the service know a repetition. */
function headersOf(
  { headers = {}, body, url }: Pick<HttpParameters, 'headers' | 'url'> & { readonly body?: Json | undefined },
  call?: TaskCall,
): Record<string, string> {
  const given = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)] as const);
  const { username, password } = new URL(url);
  const usual: Record<string, string> = { 'user-agent': 'millrace' };
  if (call !== undefined) usual['idempotency-key'] = call.idempotencyKey;
  if (body !== undefined)
    usual['content-type'] = typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/json';
  if (username !== '' || password !== '') {
    const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    usual.authorization = `Basic ${Buffer.from(pair).toString('base64')}`;
  }
  return { ...usual, ...Object.fromEntries(given) };
}

function isExpected(status: number, expected: HttpParameters['expectedStatus']): boolean {
  return [expected].flat().some((one) => {
    const text = String(one).toLowerCase();
    if (text.endsWith('xx')) return text[0] === String(status)[0];
    const [from, to = from] = text.split('-').map(Number);
    return from !== undefined && to !== undefined && from <= status && status <= to;
  });
}

function lateness(seconds: number): TaskResult {
  return {
    kind: 'failed',
    error: 'States.Timeout',
    cause: `The answer was not there after ${seconds} seconds.`,
  };
}

const longestCause = 2048;

/** The beginning of what the service said, for whoever looks for the cause. */
function startOf(body: Json): string {
  const text = typeof body === 'string' ? body : JSON.stringify(body ?? '');
  return text === '""' ? '' : text.slice(0, longestCause);
}
