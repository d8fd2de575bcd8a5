/**
 * `npm start`: brings up everything that Millrace consists of in this one process (and PostgreSQL beside it), and takes it
 * down again on Ctrl-C. `--dev` builds pages as they are asked for.
 */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openEmbeddedPostgres } from '@/lib/store/embedded';
import { migrate } from '@/lib/store/migrate';
import { Unstartable } from '@/lib/store/unstartable';
import { buildWhenNeeded } from './start/build';
import { claimDataFolder } from './start/data-folder';
import { openExamples } from './start/examples';
import { type Listening, listen } from './start/listen';
import { type Options, optionsFrom } from './start/options';

const projectFolder = join(dirname(fileURLToPath(import.meta.url)), '..');
const closers: (() => unknown)[] = [];
const stopping = new AbortController();

async function start(options: Options): Promise<Listening> {
  process.chdir(projectFolder);
  process.env.NEXT_TELEMETRY_DISABLED = '1';
  // Next reads it when it is loaded, and types it as read-only.
  Object.assign(process.env, { NODE_ENV: options.dev ? 'development' : 'production' });
  if (options.databaseUrl === undefined) closers.push(claimDataFolder(options.dataFolder));
  const listening = await listen(options.host, options.port);
  closers.push(() => listening.server.closeAllConnections());
  if (!options.dev) await buildWhenNeeded(projectFolder, say, stopping.signal);
  const databaseUrl = options.databaseUrl ?? (await openDatabase(options.dataFolder));
  await migrate(databaseUrl, join(projectFolder, 'prisma', 'migrations'));
  process.env.DATABASE_URL = databaseUrl;
  // Opened before the engine, as it is closed before what its executions call.
  const examples = options.examples ? openExamples({ projectFolder, databaseUrl, progress: say }) : undefined;
  if (examples !== undefined) closers.push(examples.stop);
  const { serve } = await import('./start/serve');
  closers.push(await serve(projectFolder, options, listening));
  await examples?.settled;
  closers.push(() => {
    listening.server.close();
    listening.server.closeIdleConnections();
  });
  return listening;
}

async function openDatabase(dataFolder: string): Promise<string> {
  const postgres = await openEmbeddedPostgres(dataFolder, say);
  closers.push(postgres.stop);
  return postgres.url;
}

/** Closes what was opened, newest first. The first signal does it in order; a second one does not wait. */
async function stop(code: number): Promise<void> {
  if (stopping.signal.aborted) process.exit(code);
  stopping.abort();
  for (const close of closers.reverse()) await close();
  process.exit(code);
}

async function fail(error: unknown): Promise<void> {
  if (stopping.signal.aborted) return;
  console.error(error instanceof Unstartable ? error.message : error);
  await stop(1);
}

function say(text: string): void {
  console.log(text);
}

process.on('SIGINT', () => void stop(0));
process.on('SIGTERM', () => void stop(0));

try {
  const options = optionsFrom(process.argv.slice(2), process.env, projectFolder);
  const { url } = await start(options);
  say(`Millrace is ready on ${url} (Ctrl-C stops it)`);
} catch (error) {
  await fail(error);
}
