import { type Settings, settingsContracts } from '@/lib/api/settings';
import { EngineUnavailable } from '@/lib/runner/ports';
import { readSetting, writeSetting } from '@/lib/store/settings';
import type { Asked } from './door';
import { Refusal } from './refusal';
import { world } from './world';

type Contracts = typeof settingsContracts;

export async function getSettings(): Promise<Settings> {
  const taskLimits = await readSetting(world().store, 'taskLimits');
  return settingsContracts.getSettings.answer.parse({ taskLimits: taskLimits ?? [] });
}

export async function updateSettings({ body }: Asked<Contracts['updateSettings']>): Promise<Settings> {
  const { store } = world();
  if (body.taskLimits !== undefined) {
    const taskLimits = named(body.taskLimits);
    await writeSetting(
      store,
      'taskLimits',
      taskLimits.map((limit) => ({ ...limit })),
    );
    await limitsChanged();
  }
  return getSettings();
}

/** An engine that is away reads the limits when it comes back. */
export async function limitsChanged(): Promise<void> {
  try {
    await world().runner.limitsChanged();
  } catch (error) {
    if (!(error instanceof EngineUnavailable)) throw error;
  }
}

/** Each kind by its own name, once. */
function named(limits: Settings['taskLimits']): Settings['taskLimits'] {
  const byKind = limits.map(({ resource, concurrency }) => {
    const kind = world().tasks.find(resource);
    if (kind !== undefined) return { resource: kind.resource, concurrency };
    throw new Refusal('invalid-request', `There is no kind of task "${resource}"; /task-kinds lists them.`);
  });
  const twice = byKind.find(
    ({ resource }, at) => byKind.findIndex((each) => each.resource === resource) !== at,
  );
  if (twice === undefined) return byKind;
  throw new Refusal('invalid-request', `"${twice.resource}" has two limits: give it one.`);
}
