import { resolve } from 'node:path';
import { Unstartable } from '@/lib/store/unstartable';

export interface Options {
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  /** Absolute. */
  readonly dataFolder: string;
  /** The person's own PostgreSQL; undefined for the embedded one. */
  readonly databaseUrl: string | undefined;
  /** Pages are built as they are asked for and change as their sources do. */
  readonly dev: boolean;
  /** Whether the services of the examples run beside Millrace. */
  readonly examples: boolean;
}

/** Reads the command line and the environment; an empty variable counts as none. Throws `Unstartable`. */
export function optionsFrom(
  words: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  projectFolder: string,
): Options {
  const unknown = words.find((word) => word !== '--dev');
  if (unknown !== undefined) {
    throw new Unstartable(
      `${unknown} is not an option. The only one is --dev; PORT, HOST, MILLRACE_DATA, DATABASE_URL and LOG_LEVEL are set in the environment.`,
    );
  }
  mustBeLogLevel(environment.LOG_LEVEL || 'warn');
  return {
    host: environment.HOST || '127.0.0.1',
    port: portFrom(environment.PORT || '3000'),
    dataFolder: resolve(projectFolder, environment.MILLRACE_DATA || '.millrace'),
    databaseUrl: environment.DATABASE_URL || undefined,
    dev: words.includes('--dev'),
    examples: examplesFrom(environment),
  };
}

function examplesFrom(environment: Readonly<Record<string, string | undefined>>): boolean {
  const wanted = environment.MILLRACE_EXAMPLES || 'on';
  if (wanted !== 'on' && wanted !== 'off')
    throw new Unstartable(`MILLRACE_EXAMPLES is "${wanted}". Set it to on or to off.`);
  const port = environment.MILLRACE_EXAMPLES_PORT || '1';
  if (!/^\d+$/.test(port) || Number(port) < 1 || Number(port) > 65_533)
    throw new Unstartable(
      `MILLRACE_EXAMPLES_PORT is "${port}". Set it to the first of three free ports, from 1 to 65533.`,
    );
  return wanted === 'on';
}

function portFrom(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new Unstartable(`PORT is "${text}", which is no port. Set it to a number from 1 to 65535.`);
}

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];

function mustBeLogLevel(level: string): void {
  if (logLevels.includes(level)) return;
  throw new Unstartable(
    `LOG_LEVEL is "${level}", which is no level. Set it to one of ${logLevels.join(', ')}.`,
  );
}
