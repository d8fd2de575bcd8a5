import { type LookupAddress, lookup } from 'node:dns';
import { BlockList, isIP, isIPv4 } from 'node:net';
import { buildConnector } from 'undici';
import { HttpFailure } from './http-failure';

/**
 * Where clouds hand out the machine's own credentials to whoever asks: link-local addresses, and a few others. A flow is written by
 * people who may use this server, not by those who own the machine, so no request gets there, whatever name leads to it.
 */
const forbidden = new BlockList();
forbidden.addSubnet('169.254.0.0', 16, 'ipv4');
forbidden.addAddress('100.100.100.200', 'ipv4');
forbidden.addAddress('168.63.129.16', 'ipv4');
forbidden.addSubnet('fe80::', 10, 'ipv6');
forbidden.addSubnet('fd00:ec2::', 32, 'ipv6');
// The same IPv4 addresses, as networks without IPv4 of their own write them.
forbidden.addSubnet('64:ff9b::a9fe:0', 112, 'ipv6');

function isForbidden(address: string): boolean {
  return forbidden.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
}

/** Connects as usual, but to no forbidden address: looked at after the name was resolved, so that no name hides it. */
export function guardedConnector(): buildConnector.connector {
  const connect = buildConnector({ timeout: 30_000, lookup: guardedLookup });
  return (options, callback) => {
    const host = options.hostname.replace(/^\[|\]$/g, '');
    if (isIP(host) !== 0 && isForbidden(host)) return callback(refusal(host), null);
    return connect(options, callback);
  };
}

type LookupCallback = (error: Error | null, address: string | LookupAddress[], family?: number) => void;

function guardedLookup(hostname: string, options: object, callback: LookupCallback): void {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error !== null) return callback(error, []);
    const bad = addresses.find(({ address }) => isForbidden(address));
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
