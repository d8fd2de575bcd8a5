import {
  type ChildRequest,
  type Children,
  type ChildStarted,
  DuplicateExecution,
  type Runner,
} from '@/lib/runner/ports';
import type { Store } from '@/lib/store/client';
import { isUuid } from '@/lib/store/cursor';
import { findStartable } from '@/lib/store/versions';
import { optionsOf } from './flow-settings';

/** Starts executions of other flows for the steps of executions. */
export function childrenOf({ store, runner }: { store: Store; runner: () => Runner }): Children {
  return { start: (request) => startChild(store, runner(), request) };
}

async function startChild(store: Store, runner: Runner, request: ChildRequest): Promise<ChildStarted> {
  const { flow, name, input, parent } = request;
  const flowNamed = isUuid(flow) ? { id: flow } : { name: flow };
  const startable = await findStartable(store, flowNamed, request.version);
  if (startable === undefined) {
    return { ok: false, error: 'StateMachineDoesNotExist', cause: `There is no flow "${flow}".` };
  }
  const { flowId, flowName, settings, versionId, version } = startable;
  if (versionId === null || version === null) {
    const what = request.version === undefined ? 'no saved version' : `no version ${request.version}`;
    return { ok: false, error: 'StateMachineDoesNotExist', cause: `The flow "${flow}" has ${what}.` };
  }
  try {
    const { executionId } = await runner.start({
      flowId,
      flowName,
      ...optionsOf(settings),
      versionId,
      version,
      name,
      input,
      ...(parent === undefined ? {} : { parent }),
    });
    return { ok: true, executionId, name, version };
  } catch (error) {
    if (!(error instanceof DuplicateExecution)) throw error;
    return { ok: false, error: 'ExecutionAlreadyExists', cause: error.message };
  }
}
