import type { Health } from '@/lib/runner/ports';
import { Refusal } from './refusal';
import { world } from './world';

/** What the palette of the designer shows: every kind of task with the schema of its parameters. */
export async function listTaskKinds() {
  const items = world().tasks.kinds.map((kind) => {
    const { resource, title, description, icon, parameters, initial, isOffered } = kind;
    return {
      resource,
      aliases: [...(kind.aliases ?? [])],
      title,
      description,
      icon,
      parameters: { ...parameters },
      initial,
      isOffered,
    };
  });
  return { items };
}

/** Whether executions can be started now; refused with what is waited for. */
export async function getHealth() {
  const reason = waitsFor(world().runner.health());
  if (reason === undefined) return { ready: true };
  throw new Refusal('unavailable', reason);
}

/** Why no execution can be started now, in a plain sentence; undefined where one can be. */
export function waitsFor(health: Health): string | undefined {
  if (health.state === 'ok') return undefined;
  return sentences[health.state]('reason' in health ? health.reason : '');
}

const sentences = {
  starting: () => 'Millrace is starting: running executions are taken up again.',
  waitingForDatabase: (reason: string) => `Millrace waits for the database and goes on by itself: ${reason}`,
  waitingForOwner: (reason: string) => reason,
  closed: () => 'Millrace is stopping.',
};
