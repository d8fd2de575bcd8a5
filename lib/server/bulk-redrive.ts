import type { contracts } from '@/lib/api/contracts';
import type { Operator } from '@/lib/engine/event';
import { type ExecutionFilter, listExecutions } from '@/lib/store/executions';
import type { Asked } from './door';
import { given } from './given';
import { world } from './world';

const atOnce = 50;
const most = 1_000;
const reasonsTold = 20;

/** Lets many executions go on from their failures: those named, or those that a filter finds, newest first, as many as one request may take. */
export async function redriveExecutions({ body }: Asked<(typeof contracts)['redriveExecutions']>) {
  const tally = new Tally();
  if ('ids' in body) {
    const { ids, ...operator } = body;
    await redrive([...new Set(ids)], given(operator), tally);
    return tally.told(false);
  }
  const { filter, ...operator } = body;
  const { flowId, status, search } = filter;
  const more = await matching(
    { flowId, statuses: status ?? ['failed', 'timedOut'], search },
    given(operator),
    tally,
  );
  return tally.told(more);
}

/** True where more match than were taken. */
async function matching(filter: ExecutionFilter, operator: Operator, tally: Tally): Promise<boolean> {
  for (let before: string | undefined; tally.count < most; ) {
    const page = await listExecutions(world().store, filter, { before, limit: atOnce });
    await redrive(
      page.items.map(({ id }) => id),
      operator,
      tally,
    );
    if (page.nextCursor === null) return false;
    before = page.nextCursor;
  }
  return true;
}

async function redrive(ids: readonly string[], operator: Operator, tally: Tally): Promise<void> {
  for (let from = 0; from < ids.length; from += atOnce)
    await Promise.all(
      ids.slice(from, from + atOnce).map(async (executionId) => {
        const delivered = await world().runner.deliver(executionId, { type: 'redrive', ...operator });
        tally.take(executionId, delivered.ok ? undefined : delivered.reason);
      }),
    );
}

class Tally {
  private redriven = 0;
  private readonly refusals: { executionId: string; reason: string }[] = [];

  get count(): number {
    return this.redriven + this.refusals.length;
  }

  take(executionId: string, reason: string | undefined): void {
    if (reason === undefined) this.redriven += 1;
    else this.refusals.push({ executionId, reason });
  }

  told(more: boolean) {
    const { redriven, refusals } = this;
    return { redriven, refused: refusals.slice(0, reasonsTold), refusals: refusals.length, more };
  }
}
