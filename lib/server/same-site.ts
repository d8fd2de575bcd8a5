import { Refusal } from './refusal';

const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i;

/** What a request says about where it comes from. */
interface Sender {
  readonly method: string;
  readonly host: string;
  readonly origin: string | null;
}

/**
 * Refuses what another web site made a visitor's browser send. A request that changes something must not come from a page of
 * another origin; and while the server listens on loopback only, nobody else's name may be in `Host` (DNS rebinding).
 */
export function assertSameSite({ method, host, origin }: Sender): void {
  const listensHere = loopback.test(process.env.HOST ?? '127.0.0.1');
  if (listensHere && !loopback.test(host)) {
    throw new Refusal(
      'foreign-origin',
      'This server answers only under its loopback address; set HOST to open it to others.',
    );
  }
  if (method === 'GET' || method === 'HEAD') return;
  if (origin === null || sameHost(origin, host)) return;
  throw new Refusal('foreign-origin', 'A page of another site may not change anything here.');
}

function sameHost(origin: string, host: string): boolean {
  return URL.canParse(origin) && new URL(origin).host === host;
}
