import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerDirectly } from './direct';
import { refuse } from './door';
import { nonceHeader, pagePolicy } from './page-policy';
import { Refusal } from './refusal';
import { send } from './reply';
import { methodsOf } from './routes';
import { assertOwnHost } from './same-site';
import { handleStream } from './stream';
import type { World } from './world';

/**
 * What stands before Next. Requests that no route should see are answered here in the API's own form, since Next would answer
 * them with a page or with nothing; the event streams and the busiest doors are served here; what remains is left to Next, and
 * false is returned.
 */
export async function answerBeforeNext(
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  try {
    const { host } = request.headers;
    if (host === undefined) throw new Refusal('invalid-request', 'The request has no Host header.');
    assertOwnHost(host);
    const path = pathOf(request.url ?? '');
    if (/^\/api(?:\/|$)/.test(path))
      return (
        answerByMethod(path, request.method ?? '', response) ||
        (await answerDirectly(path, request, response)) ||
        (await handleStream(world, request, response))
      );
  } catch (error) {
    send(response, refuse(error));
    return true;
  }
  withPolicy(request, response);
  return false;
}

/** The path as Next will understand it. Throws Refusal where a part of it cannot be read. */
function pathOf(url: string): string {
  const [path = ''] = url.split('?');
  try {
    decodeURIComponent(path);
    return new URL(path.replace(/^\/+/, '/'), 'http://localhost').pathname;
  } catch {
    throw new Refusal(
      'invalid-request',
      'The address cannot be read: it holds a % that stands for no character.',
    );
  }
}

/** Answers what the method alone decides. */
function answerByMethod(path: string, method: string, response: ServerResponse): boolean {
  if (/^\/api\/?$/.test(path)) throw new Refusal('not-found', 'The API is at /api/v1.');
  const methods = methodsOf(path);
  if (methods === undefined || methods.includes(method)) return false;
  response.setHeader('allow', [...methods, 'OPTIONS'].join(', '));
  if (method !== 'OPTIONS')
    throw new Refusal('method-not-allowed', `This address takes ${methods.join(', ')}, and not ${method}.`);
  response.writeHead(204).end();
  return true;
}

/** A page's scripts carry a nonce: Next takes it from the request, where a client's own must not stand. */
function withPolicy(request: IncomingMessage, response: ServerResponse): void {
  if (process.env.NODE_ENV !== 'production') return;
  const nonce = randomBytes(16).toString('base64');
  const policy = pagePolicy(nonce);
  request.headers['content-security-policy'] = policy;
  delete request.headers['content-security-policy-report-only'];
  request.headers[nonceHeader] = nonce;
  response.setHeader('content-security-policy', policy);
}
