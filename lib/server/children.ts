import type { ChildRequest, Children, ChildStarted } from '@/lib/runner/children-port';
import { DuplicateExecution, type Runner } from '@/lib/runner/ports';
import type { Store } from '@/lib/store/client';
import { isUuid } from '@/lib/store/cursor';
import { optionsOf } from './flow-settings';
import { choose } from './startable';

/** Starts executions of other flows for the steps of executions. */
export function childrenOf({ store, runner }: { store: Store; runner: () => Runner }): Children {
  return { start: (request) => startChild(store, runner(), request) };
}

async function startChild(store: Store, runner: Runner, request: ChildRequest): Promise<ChildStarted> {
  const { flow, name, input, parent, priority } = request;
  const chosen = await choose(store, isUuid(flow) ? { id: flow } : { name: flow }, request);
  if (chosen === undefined) {
    return { ok: false, error: 'StateMachineDoesNotExist', cause: `There is no flow "${flow}".` };
  }
  if (!chosen.ok) {
    const cause = `The flow "${flow}" has no ${chosen.missing}.`;
    return { ok: false, error: 'StateMachineDoesNotExist', cause };
  }
  const { startable, settings } = chosen;
  try {
    const { executionId } = await runner.start({
      ...startable,
      // Who waits for a child waits for its turn too: the child is as urgent as its parent.
      ...optionsOf(settings, priority || undefined),
      name,
      input,
      ...(parent === undefined ? {} : { parent }),
    });
    const { version } = startable;
    return { ok: true, executionId, name, version };
  } catch (error) {
    if (!(error instanceof DuplicateExecution)) throw error;
    return { ok: false, error: 'ExecutionAlreadyExists', cause: error.message };
  }
}
