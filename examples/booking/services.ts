/**
 * The program that runs the three services of the booking example, each a server of its own with tables of its own. Whoever
 * starts it (scripts/start) hears over the process's channel where they listen, and it ends when that channel closes.
 */
import { Bookings } from './bookings';
import { listenAll } from './ports';
import type { Service } from './routes';
import { serverOf } from './server';

const prefixes = { train: 'TR', flight: 'FL', hotel: 'HO' } as const;
const names = ['train', 'flight', 'hotel'] as const;
const { DATABASE_URL: databaseUrl, MILLRACE_EXAMPLES_PORT: chosenPort } = process.env;

/** What it says once, when they listen or when they cannot. */
export type Said =
  | { readonly urls: { readonly [name in Service['name']]: string } }
  | { readonly problem: string };

async function open(): Promise<Said> {
  if (databaseUrl === undefined) throw new Error('DATABASE_URL is not set');
  const services = names.map((name): Service => {
    const bookings = new Bookings(databaseUrl, { schema: `example_${name}`, prefix: prefixes[name] });
    return { name, bookings, chance: (share) => Math.random() < share };
  });
  for (const { bookings } of services) await bookings.open();
  const settings = await Promise.all(services.map(({ bookings }) => bookings.settings()));
  const ports = await listenAll(services.map(serverOf), {
    remembered: settings.map(({ port }) => port),
    chosen: chosenPort ? Number(chosenPort) : undefined,
  });
  const [train, flight, hotel] = await Promise.all(
    services.map(async ({ bookings }, index) => {
      const port = ports[index] ?? 0;
      await bookings.rememberPort(port);
      return `http://127.0.0.1:${port}`;
    }),
  );
  if (train === undefined || flight === undefined || hotel === undefined)
    throw new Error('a service is missing');
  return { urls: { train, flight, hotel } };
}

function tell(said: Said): void {
  if (process.send === undefined) console.log(JSON.stringify(said));
  else process.send(said);
}

// Ctrl-C reaches us too, while flows may still be calling: whoever started us closes the channel once they do not.
if (process.send !== undefined) process.on('SIGINT', () => {});
process.on('disconnect', () => process.exit());
if (process.send !== undefined && !process.connected) process.exit();

try {
  tell(await open());
} catch (error) {
  tell({ problem: error instanceof Error ? error.message : String(error) });
  process.exitCode = 1;
  process.disconnect?.();
}
