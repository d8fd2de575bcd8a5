import { type LookupAddress, lookup } from 'node:dns';
import { isIP } from 'node:net';
import { buildConnector } from 'undici';
import { HttpFailure } from './http-failure';

/**
 * Where clouds hand out the machine's own credentials to whoever asks. A flow is written by people who may use this server,
 * not by those who own the machine, so no request gets there, whatever name leads to it.
 */
const forbidden = new Set(['169.254.169.254', 'fd00:ec2::254', '::ffff:169.254.169.254', '::ffff:a9fe:a9fe']);

/** Connects as usual, but to no forbidden address: looked at after the name was resolved, so that no name hides it. */
export function guardedConnector(): buildConnector.connector {
  const connect = buildConnector({ timeout: 30_000, lookup: guardedLookup });
  return (options, callback) => {
    const host = options.hostname.replace(/^\[|\]$/g, '');
    if (isIP(host) !== 0 && forbidden.has(host)) return callback(refusal(host), null);
    return connect(options, callback);
  };
}

type LookupCallback = (error: Error | null, address: string | LookupAddress[], family?: number) => void;

function guardedLookup(hostname: string, options: object, callback: LookupCallback): void {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error !== null) return callback(error, []);
    const bad = addresses.find(({ address }) => forbidden.has(address));
    if (bad !== undefined) return callback(refusal(hostname), []);
    const [first] = addresses;
    if ('all' in options && options.all === true) return callback(null, addresses);
    return callback(null, first?.address ?? '', first?.family);
  });
}

function refusal(host: string): HttpFailure {
  return new HttpFailure(
    'Http.Forbidden',
    `Requests to ${host} are not allowed: it hands out the machine's credentials.`,
  );
}
