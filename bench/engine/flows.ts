import type { Definition } from '@/lib/flow/model';

/** The flows that the engine is measured with. */
const steps = Array.from({ length: 10 }, (_, index) => `Step ${index + 1}`);

function sequence(parameters: Record<string, unknown>): Definition {
  const states = steps.map((name, index) => {
    const next = steps[index + 1];
    const goesOn = next === undefined ? { End: true } : { Next: next };
    return [name, { Type: 'Task', Resource: 'bench:noop', ...parameters, ...goesOn }] as const;
  });
  return { StartAt: 'Step 1', States: Object.fromEntries(states) };
}

export const flows = {
  /** Ten tasks that answer at once with what they were given. */
  tenSteps: sequence({}),
  /** Ten tasks of 200 ms. */
  tenSlowSteps: sequence({ Parameters: { 'payload.$': '$', sleep: 200 }, ResultPath: null }),
  /** One task for each item. */
  map: {
    StartAt: 'Each',
    States: {
      Each: {
        Type: 'Map',
        ItemsPath: '$.items',
        MaxConcurrency: 0,
        End: true,
        ItemProcessor: {
          StartAt: 'One',
          States: { One: { Type: 'Task', Resource: 'bench:noop', End: true } },
        },
      },
    },
  },
  sleep: {
    StartAt: 'Sleep',
    States: { Sleep: { Type: 'Wait', SecondsPath: '$.seconds', End: true } },
  },
  wake: {
    StartAt: 'Until',
    States: { Until: { Type: 'Wait', TimestampPath: '$.until', End: true } },
  },
} satisfies Record<string, Definition>;

export type FlowName = keyof typeof flows;

/** About 100 bytes. */
export const payload = {
  order: 'c1f0a2d4',
  customer: 'somebody@example.org',
  amount: 1250,
  currency: 'EUR',
  items: [1, 2, 3],
};
