import type { Server } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

/** The first of the three ports, where nothing else was chosen; ten further on for each Millrace that is here already. */
const usualPort = 7611;
const farthest = 50;
/** How long an earlier start of ours may take to give a port back. */
const patienceMs = 3_000;

/** Why a service does not listen, in a sentence that says what to do. */
export class PortTaken extends Error {
  override readonly name = 'PortTaken';
}

/**
 * Makes the servers listen, each on a port that stays its own: flows that were saved hold the address. `remembered` are the
 * ports of the last start (null before the first one); `chosen` is what the person wants the first of them to be. Throws PortTaken.
 */
export async function listenAll(
  servers: readonly Server[],
  { remembered, chosen }: { remembered: readonly (number | null)[]; chosen: number | undefined },
): Promise<readonly number[]> {
  const known = chosen === undefined ? remembered : servers.map((_, index) => chosen + index);
  if (known.every((port) => port !== null)) {
    const taken = await tryPorts(servers, known, patienceMs);
    if (taken === undefined) return known;
    throw new PortTaken(
      `Port ${taken} on 127.0.0.1 is in use by another program, so the services of the booking example do not run. Stop that program and start again, or set MILLRACE_EXAMPLES_PORT to another port (flows that were made before keep the old address), or MILLRACE_EXAMPLES=off.`,
    );
  }
  for (let step = 0; step < farthest; step += 1) {
    const ports = servers.map((_, index) => usualPort + 10 * step + index);
    if ((await tryPorts(servers, ports, 0)) === undefined) return ports;
  }
  throw new PortTaken(
    `No free ports were found for the services of the booking example. Set MILLRACE_EXAMPLES_PORT to the first of three free ports, or MILLRACE_EXAMPLES=off.`,
  );
}

/** Listens on all of them or on none; returns the port that was taken. */
async function tryPorts(
  servers: readonly Server[],
  ports: readonly number[],
  patience: number,
): Promise<number | undefined> {
  const deadline = Date.now() + patience;
  for (const [index, server] of servers.entries()) {
    const port = ports[index] ?? 0;
    while (!(await tryPort(server, port))) {
      if (Date.now() < deadline) {
        await pause(50);
        continue;
      }
      await Promise.all(servers.slice(0, index).map((open) => new Promise((done) => open.close(done))));
      return port;
    }
  }
  return undefined;
}

/** False where the port is taken, or may not be used. */
function tryPort(server: Server, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const listening = () => {
      server.off('error', refused);
      resolve(true);
    };
    const refused = (error: Error & { code?: string }) => {
      server.off('listening', listening);
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(false);
      else reject(error);
    };
    server.once('error', refused).once('listening', listening).listen(port, '127.0.0.1');
  });
}
