import { z } from 'zod';
import type { ChildRequest, Children } from '@/lib/runner/children-port';
import type { TaskCall, TaskResult } from '@/lib/runner/ports';
import { defineKind } from './kind';

const schema = z.strictObject({
  flow: z
    .string()
    .min(1)
    .meta({
      title: 'Flow',
      description: 'Name or id of the flow to start.',
      format: 'flow',
      examples: ['book-train'],
    }),
  version: z
    .int()
    .min(1)
    .optional()
    .meta({ title: 'Version', description: 'The newest one where this is empty.' }),
  alias: z.string().min(1).max(64).optional().meta({
    title: 'Alias',
    description: 'Instead of a version: one that the alias stands for is drawn.',
  }),
  input: z
    .json()
    .default({})
    .meta({ title: 'Input', description: 'Input of the execution that is started.', format: 'json' }),
  name: z.string().min(1).max(80).optional().meta({
    title: 'Execution name',
    description: 'Unique in the flow; made from this execution and step where it is empty.',
  }),
  wait: z.boolean().default(true).meta({
    title: 'Wait for it to end',
    description: 'On: the result is what the flow returns. Off: the step goes on as soon as it has started.',
  }),
});

type Parameters = z.output<typeof schema>;

/** Starts another flow, and waits for it unless told not to. The runner tells the step how the child ended. */
export function flowKind(children: Children) {
  return defineKind({
    resource: 'millrace:flow',
    title: 'Run a flow',
    description: 'Starts another flow and waits for its result.',
    icon: 'workflow',
    schema,
    initial: { flow: '', input: {} },
    call: async (call, parameters) => {
      const { flow, wait } = parameters;
      if (wait && !call.mayWait) return noWaiting;
      const started = await children.start(childOf(call, parameters));
      if (!started.ok) return { kind: 'failed', error: started.error, cause: started.cause };
      const output = { executionId: started.executionId, name: started.name, version: started.version };
      call.log('info', `Started ${flow} version ${started.version}, execution ${started.executionId}`);
      return wait ? { kind: 'pending', output } : { kind: 'succeeded', output };
    },
  });
}

function childOf(call: TaskCall, { flow, version, alias, input, name, wait }: Parameters): ChildRequest {
  const { executionId, step, attempt, priority } = call;
  return {
    flow,
    input,
    name: name ?? `${executionId}-${step}-${attempt}`,
    priority,
    ...(version !== undefined && { version }),
    ...(version === undefined && alias !== undefined && { alias }),
    ...(wait && { parent: { executionId, step, attempt } }),
  };
}

const noWaiting: TaskResult = {
  kind: 'failed',
  error: 'States.Runtime',
  cause: 'An express execution waits for no other one: turn waiting off, or make the flow a standard one.',
};
