import type { Journal } from '@/lib/runner/journal-port';
import type { Runner } from '@/lib/runner/ports';
import { openRunner } from '@/lib/runner/runner';
import { openStore, type Store } from '@/lib/store/client';
import { postgresJournal } from '@/lib/store/journal';
import { LogLines } from '@/lib/store/log-lines';
import { findOutline, keepOutline } from '@/lib/store/outlines';
import { storedLimits } from '@/lib/store/settings';
import { storedVersions } from '@/lib/store/versions';
import { openTasks, type Tasks } from '@/lib/tasks/registry';
import { childrenOf } from './children';
import { KeptOutlines } from './kept-outlines';
import { log } from './log';
import { NewestVersions } from './newest-versions';
import { Outlines } from './outline';
import { beginSweeping } from './sweep';

/** Everything that the routes work with; there is one per process. */
export interface World {
  readonly store: Store;
  readonly runner: Runner;
  readonly tasks: Tasks;
  readonly logs: LogLines;
  /** For reading histories; only the engine writes to it. */
  readonly journal: Pick<Journal, 'read'>;
  readonly newestVersions: NewestVersions;
  /** The views of long histories. */
  readonly outlines: Outlines;
  readonly close: () => Promise<void>;
}

/** Where everything is kept. */
interface Places {
  readonly databaseUrl: string;
  /** For files that flows read and write. */
  readonly dataFolder: string;
}

/** Opens store, tasks and engine on a database whose schema is up to date; what cannot be reached yet is waited for. */
function openWorld({ databaseUrl, dataFolder }: Places): World {
  const store = openStore(databaseUrl);
  const logs = new LogLines(databaseUrl);
  const tasks = openTasks({ children: childrenOf({ store, runner: () => runner }), dataFolder });
  const journal = postgresJournal(databaseUrl);
  const runner = openRunner({
    journal,
    versions: storedVersions(store),
    tasks,
    mapStorage: tasks.mapStorage,
    logs,
    limits: storedLimits(store, (resource) => resourcesOf(tasks, resource)),
    onDefect: (executionId, defect) => log.error({ executionId, error: defect }, 'an execution stands still'),
  });
  const endSweeping = beginSweeping({ store, runner }, (error) =>
    log.error({ error }, 'executions that are kept no longer could not be deleted'),
  );
  const keptOutlines = new KeptOutlines(
    { find: (of) => findOutline(store, of), keep: (outline) => keepOutline(store, outline) },
    (executionId, error) =>
      log.warn({ executionId, error }, 'the view of a long history could not be kept or read'),
  );
  const outlines = new Outlines(journal, keptOutlines);
  return {
    store,
    runner,
    tasks,
    logs,
    journal,
    newestVersions: new NewestVersions(store),
    outlines,
    close: async () => {
      await endSweeping();
      await runner.close();
      await tasks.close();
      await logs.close();
      await outlines.close();
      await store.close();
    },
  };
}

/** All names of the kind that one of them names, those that wait for a token included. */
function resourcesOf(tasks: Tasks, resource: string): readonly string[] {
  const kind = tasks.find(resource);
  const names = kind ? [kind.resource, ...(kind.aliases ?? [])] : [resource];
  return names.flatMap((name) => [name, `${name}.waitForTaskToken`]);
}

const key = Symbol.for('millrace.world');

// The symbol is ours, and only `openServer` writes it. Next bundles this module several times: all copies share one world.
const place = globalThis as { [key]?: World };

/** The world of this process. Throws before `openServer`. */
export function world(): World {
  const { [key]: opened } = place;
  if (opened === undefined)
    throw new Error('the server has not been opened: instrumentation.ts does that at start');
  return opened;
}

/** Opens the world once; later calls return the one that is there. */
export function openWorldOnce(places: Places): World {
  place[key] ??= openWorld(places);
  return place[key];
}
