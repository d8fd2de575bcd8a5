import type { contracts } from '@/lib/api/contracts';
import { type ExecutionFilter, findStatus, listExecutions } from '@/lib/store/executions';
import type { Asked } from './door';
import { found, Refusal } from './refusal';
import { world } from './world';

type Contracts = typeof contracts;

const deletedAtOnce = 200;
const mostDeleted = 5_000;

export async function deleteExecution({ params }: Asked<Contracts['deleteExecution']>): Promise<undefined> {
  const { executionId } = params;
  const status = found(await findStatus(world().store, executionId), `execution ${executionId}`);
  const deleted = await world().runner.remove([executionId]);
  if (deleted.length > 0) return undefined;
  throw new Refusal(
    'refused',
    status === 'running'
      ? 'The execution is running: stop it before you delete it.'
      : 'The execution is still needed: the one that started it runs. Delete it when that has ended.',
  );
}

/** Deletes many: those named, or those that a filter finds, newest first, as many as one request may take. */
export async function deleteExecutions({ body }: Asked<Contracts['deleteExecutions']>) {
  if ('ids' in body) {
    const deleted = await inBatches(body.ids);
    return { deleted, kept: new Set(body.ids).size - deleted, more: false };
  }
  const { flowId, status, search } = body.filter;
  const wanted = status ?? (['succeeded', 'failed', 'timedOut', 'stopped'] as const);
  return matching({ flowId, statuses: wanted.filter((each) => each !== 'running'), search });
}

async function matching(filter: ExecutionFilter) {
  let deleted = 0;
  let kept = 0;
  let before: string | undefined;
  while (deleted + kept < mostDeleted) {
    const page = await listExecutions(world().store, filter, { before, limit: deletedAtOnce });
    const removed = await world().runner.remove(page.items.map(({ id }) => id));
    deleted += removed.length;
    kept += page.items.length - removed.length;
    if (page.nextCursor === null) return { deleted, kept, more: false };
    before = page.nextCursor;
  }
  return { deleted, kept, more: true };
}

async function inBatches(ids: readonly string[]): Promise<number> {
  let deleted = 0;
  for (let from = 0; from < ids.length; from += deletedAtOnce)
    deleted += (await world().runner.remove(ids.slice(from, from + deletedAtOnce))).length;
  return deleted;
}
