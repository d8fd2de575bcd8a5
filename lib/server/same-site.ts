import { Refusal } from './refusal';

const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i;

/** What a request says about where it comes from. */
interface Sender {
  readonly method: string;
  readonly host: string;
  readonly origin: string | null;
  /** What the browser says of the page that sent it (`Sec-Fetch-Site`). */
  readonly fetchSite: string | null;
}

/**
 * Refuses what another web site made a visitor's browser send: a request that changes something must not come from a page of
 * another origin.
 */
export function assertSameSite({ method, host, origin, fetchSite }: Sender): void {
  assertOwnHost(host);
  if (method === 'GET' || method === 'HEAD') return;
  if (fetchSite !== 'cross-site' && (origin === null || sameHost(origin, host))) return;
  throw new Refusal('foreign-origin', 'A page of another site may not change anything here.');
}

/** While the server listens on loopback only, nobody else's name may be in `Host`: that would be DNS rebinding. */
export function assertOwnHost(host: string): void {
  const listensHere = loopback.test(process.env.HOST || '127.0.0.1');
  if (!listensHere || loopback.test(host)) return;
  throw new Refusal(
    'foreign-origin',
    'This server answers only under its loopback address; set HOST to open it to others.',
  );
}

function sameHost(origin: string, host: string): boolean {
  return URL.canParse(origin) && new URL(origin).host === host;
}
