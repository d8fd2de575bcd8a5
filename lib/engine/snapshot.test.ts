import { describe, expect, it } from 'vitest';
import type { Definition, Machine } from '@/lib/flow/model';
import { freeze, snapshotFormat } from './snapshot';
import { TestWorld } from './testing-world';

const one = (name: string, state: object): Machine =>
  // Tests write states as they stand in a definition.
  ({ StartAt: name, States: { [name]: { End: true, ...state } } }) as Machine;
const call = { Type: 'Task', Resource: 'millrace:work', TimeoutSeconds: 60, HeartbeatSeconds: 9 };
const retry = { Retry: [{ ErrorEquals: ['States.ALL'] }] };

/** In the middle of everything at once: calls, a wait, a retry, a step that is parked, iterations, and a distributed Map. */
const definition = {
  StartAt: 'All',
  States: {
    All: {
      Type: 'Parallel',
      End: true,
      Branches: [
        one('Call', call),
        one('Wait', { Type: 'Wait', Seconds: 60 }),
        one('Retry', { ...call, ...retry }),
        one('Park', { Type: 'Task', Resource: 'millrace:work' }),
        one('Each', { Type: 'Map', ItemsPath: '$.items', ItemProcessor: one('Inside', call) }),
        one('Run', {
          Type: 'Map',
          ItemsPath: '$.items',
          ToleratedFailureCount: 5,
          MaxConcurrency: 2,
          ItemProcessor: {
            ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
            ...one('Item', call),
          },
        }),
      ],
    },
  },
} as Definition;

/** Every place in a value, with the numbers of lists left out. */
function places(value: unknown, at = ''): string[] {
  if (typeof value !== 'object' || value === null) return [at];
  if (Array.isArray(value)) return value.flatMap((item) => places(item, `${at}[]`));
  return Object.entries(value).flatMap(([name, item]) => places(item, `${at}.${name}`));
}

describe('the snapshot format', () => {
  it('[E2] is what it was: raise snapshotFormat with whatever changes here', () => {
    const world = new TestWorld({
      definition,
      input: { items: [1, 2, 3] },
      options: { onFailure: 'park' },
      answers: ({ state, parameters }) =>
        ['Retry', 'Park'].includes(state) || (state === 'Item' && parameters === 1)
          ? { error: 'Bad' }
          : undefined,
    });
    world.answer();
    const frozen = [...new Set(places(freeze(world.execution)))].sort();
    expect({ snapshotFormat, frozen }).toMatchInlineSnapshot(`
      {
        "frozen": [
          ".execution.id",
          ".execution.lastEvent",
          ".execution.paused",
          ".execution.queued",
          ".execution.quiet",
          ".execution.redrivenAt",
          ".execution.redrives",
          ".execution.start.at",
          ".execution.start.executionId",
          ".execution.start.executionName",
          ".execution.start.flowId",
          ".execution.start.flowName",
          ".execution.start.id",
          ".execution.start.input.items[]",
          ".execution.start.options.onFailure",
          ".execution.start.previous",
          ".execution.start.seed",
          ".execution.start.type",
          ".execution.start.version",
          ".execution.startedAt",
          ".execution.status",
          ".execution.version",
          ".steps[].container",
          ".steps[].container.done",
          ".steps[].container.last",
          ".steps[].container.length",
          ".steps[].container.outputs[]",
          ".steps[].container.running",
          ".steps[].container.started",
          ".steps[].map",
          ".steps[].map.concurrency",
          ".steps[].map.first",
          ".steps[].map.items[]",
          ".steps[].map.keys",
          ".steps[].map.taken",
          ".steps[].run",
          ".steps[].run.batch",
          ".steps[].run.failures[][]",
          ".steps[].run.failures[][].error",
          ".steps[].run.kept",
          ".steps[].run.reader",
          ".steps[].run.reading",
          ".steps[].run.toleratedCount",
          ".steps[].run.toleratedPercentage",
          ".steps[].run.writer",
          ".steps[].run.writing",
          ".steps[].run.written",
          ".steps[].scopes[].hidden",
          ".steps[].scopes[].index",
          ".steps[].scopes[].input",
          ".steps[].scopes[].input.items[]",
          ".steps[].scopes[].isolated",
          ".steps[].scopes[].item",
          ".steps[].scopes[].machine",
          ".steps[].scopes[].next",
          ".steps[].scopes[].parent",
          ".steps[].scopes[].status",
          ".steps[].scopes[].step",
          ".steps[].step.attempt",
          ".steps[].step.enteredAt",
          ".steps[].step.failure",
          ".steps[].step.failure.error",
          ".steps[].step.hidden",
          ".steps[].step.id",
          ".steps[].step.index",
          ".steps[].step.input",
          ".steps[].step.input.items[]",
          ".steps[].step.last",
          ".steps[].step.number",
          ".steps[].step.parent",
          ".steps[].step.previous",
          ".steps[].step.retries[]",
          ".steps[].step.state",
          ".steps[].step.status",
          ".steps[].step.task",
          ".steps[].step.task.heartbeatSeconds",
          ".steps[].step.task.parameters",
          ".steps[].step.task.parameters.items[]",
          ".steps[].step.task.queued",
          ".steps[].step.task.resource",
          ".steps[].step.task.submitted",
          ".steps[].step.task.timeoutSeconds",
          ".steps[].step.task.token",
          ".steps[].step.type",
          ".steps[].step.until",
          ".timers[][]",
          ".top.hidden",
          ".top.index",
          ".top.input.items[]",
          ".top.isolated",
          ".top.machine",
          ".top.next",
          ".top.parent",
          ".top.status",
          ".top.step",
        ],
        "snapshotFormat": 1,
      }
    `);
  });
});
