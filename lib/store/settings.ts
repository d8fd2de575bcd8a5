import type { Json } from '@/lib/expression/json';
import type { Limits } from '@/lib/runner/ports';
import type { Store } from './client';

/** A setting of the installation; undefined where nobody has set it. Read at each start, which need not wait for Prisma to be loaded. */
export async function readSetting({ pool }: Store, name: string): Promise<Json | undefined> {
  const { rows } = await pool.query<{ value: Json }>('SELECT value FROM setting WHERE name = $1', [name]);
  return rows[0]?.value;
}

export async function writeSetting({ pool }: Store, name: string, value: Json): Promise<void> {
  await pool.query(
    'INSERT INTO setting (name, value) VALUES ($1, $2::jsonb) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
    [name, JSON.stringify(value)],
  );
}

interface StoredTaskLimit {
  readonly resource: string;
  readonly concurrency: number;
}

/** The limits for the runner. `resourcesOf` names all resources of the kind that one names, aliases included. */
export function storedLimits(store: Store, resourcesOf: (resource: string) => readonly string[]): Limits {
  return {
    read: async () => {
      const { rows: flows } = await store.pool.query<{ flowId: string; concurrency: number }>(
        `SELECT id AS "flowId", (settings->>'concurrency')::int AS concurrency FROM flow
         WHERE jsonb_typeof(settings->'concurrency') = 'number'`,
      );
      // Only the settings' own door writes it, and it was given the contract's list.
      const limits = ((await readSetting(store, 'taskLimits')) ??
        []) as unknown as readonly StoredTaskLimit[];
      const tasks = limits.map(({ resource, concurrency }) => ({
        resources: resourcesOf(resource),
        concurrency,
      }));
      return { flows, tasks };
    },
  };
}
