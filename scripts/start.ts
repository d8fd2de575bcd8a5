/**
 * `npm start`: brings up everything that Millrace consists of in this one process (and PostgreSQL beside it), and takes it
 * down again on Ctrl-C. `--dev` builds pages as they are asked for.
 */
import { flushCompileCache } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openEmbeddedPostgres } from '@/lib/store/embedded';
import { migrate } from '@/lib/store/migrate';
import { buildWhenNeeded, digestOf } from './start/build';
import { claimDataFolder } from './start/data-folder';
import { untilAskedToStop } from './start/end';
import { openExamples } from './start/examples';
import { type Listening, listen } from './start/listen';
import { type Options, optionsFrom } from './start/options';
import { plainly } from './start/plainly';

const projectFolder = join(dirname(fileURLToPath(import.meta.url)), '..');
const closers: (() => unknown)[] = [];
const stopping = new AbortController();

async function start(options: Options): Promise<void> {
  const { signal } = stopping;
  process.chdir(projectFolder);
  process.env.NEXT_TELEMETRY_DISABLED = '1';
  // Next reads it when it is loaded, and types it as read-only.
  Object.assign(process.env, { NODE_ENV: options.dev ? 'development' : 'production' });
  if (options.databaseUrl === undefined) closers.push(claimDataFolder(options.dataFolder));
  const listening = await listen(options.host, options.port);
  closers.push(() => listening.server.closeAllConnections());
  const pages = loadPages();
  const digest = pages.then(() => (options.dev ? '' : digestOf(projectFolder)));
  digest.catch(() => {});
  const databaseUrl = await openDatabase(options);
  signal.throwIfAborted();
  if (!options.dev) await buildWhenNeeded(projectFolder, say, signal, await digest);
  process.env.DATABASE_URL = databaseUrl;
  process.env.MILLRACE_DATA = options.dataFolder;
  // Opened before the engine, as it is closed before what its executions call.
  const examples = options.examples ? openExamples({ projectFolder, databaseUrl, progress: say }) : undefined;
  if (examples !== undefined) closers.push(examples.stop);
  const { serve } = await pages;
  signal.throwIfAborted();
  const serving = await serve(projectFolder, options, listening);
  closers.push(serving.close, () => stopListening(listening));
  await examples?.settled;
  await serving.untilReady(say, signal);
  say(`Millrace is ready on ${listening.url} (Ctrl-C stops it)`);
  flushCompileCache();
}

/** Loaded while PostgreSQL starts, as the sources are read. If that fails, nobody waits for it any more. */
function loadPages() {
  const loaded = import('./start/serve');
  loaded.catch(() => {});
  return loaded;
}

/** The connection string of a database that is up to date. */
async function openDatabase(options: Options): Promise<string> {
  let url = options.databaseUrl;
  if (url === undefined) {
    const postgres = await openEmbeddedPostgres(options.dataFolder, say, stopping.signal);
    closers.push(postgres.stop);
    url = postgres.url;
  }
  await migrate(url, join(projectFolder, 'prisma', 'migrations'));
  return url;
}

function stopListening({ server }: Listening): void {
  server.close();
  server.closeIdleConnections();
}

/** What is under way ends or is cut short first; then closes what was opened, newest first. */
async function stop(code: number): Promise<void> {
  stopping.abort();
  await started.catch(() => {});
  for (const close of closers.reverse()) await close();
  process.exit(code);
}

function say(text: string): void {
  console.log(text);
}

async function begin(): Promise<void> {
  await start(optionsFrom(process.argv.slice(2), process.env, projectFolder));
}

// A reader that went away (a closed pipe) is no reason to end, nor to complain about it on the same pipe for ever.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

const started = begin();
void untilAskedToStop().then(() => stop(0));
started.catch((error: unknown) => {
  if (stopping.signal.aborted) return;
  console.error(plainly(error));
  return stop(1);
});
