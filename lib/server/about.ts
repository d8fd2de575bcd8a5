import { Refusal } from './refusal';
import { world } from './world';

/** What the palette of the designer shows: every kind of task with the schema of its parameters. */
export async function listTaskKinds() {
  const items = world().tasks.kinds.map(({ resource, title, description, icon, parameters, initial }) => ({
    resource,
    title,
    description,
    icon,
    parameters,
    initial,
  }));
  return { items };
}

/** Whether executions can be started now; refused with what is waited for. */
export async function getHealth() {
  const health = world().runner.health();
  if (health.state === 'ok') return { ready: true };
  throw new Refusal('unavailable', sentences[health.state]('reason' in health ? health.reason : ''));
}

const sentences = {
  starting: () => 'Millrace is starting: running executions are taken up again.',
  waitingForDatabase: (reason: string) => `Millrace waits for the database and goes on by itself: ${reason}`,
  waitingForOwner: (reason: string) => `Another Millrace runs the executions of this database: ${reason}`,
  closed: () => 'Millrace is stopping.',
};
