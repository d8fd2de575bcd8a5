import { Script } from 'node:vm';
import { z } from 'zod';
import type { TaskCall, TaskResult } from '@/lib/runner/ports';
import { compile } from './function/inside/compile.js';
import type { Pool } from './function/pool';
import { defineKind } from './kind';

const schema = z.strictObject({
  code: z.string().min(1, 'Write the code of the function').max(262_144).meta({
    title: 'Code',
    description:
      'The body of an async function, or one expression; input and context are given. It returns JSON, and console.log goes to the logs. There is no network: use an HTTP request for that.',
    format: 'code',
  }),
  input: z.json().optional().meta({
    title: 'Input',
    description: 'What the code sees as input.',
    format: 'json',
  }),
  timeoutSeconds: z
    .number()
    .positive()
    .max(900)
    .default(10)
    .meta({ title: 'Time limit', description: 'Seconds until the function is stopped.' }),
  memoryMegabytes: z
    .int()
    .min(16)
    .max(2_048)
    .default(128)
    .meta({ title: 'Memory limit', description: 'Megabytes that the function may use.' }),
});

type FunctionParameters = z.output<typeof schema>;

const firstCode = `// input is what the state was given; what is returned is its result.
console.log('Received', input);
return { ...input, done: true };
`;

/** Runs JavaScript that was written in the designer, in a process that can do nothing but compute. */
export function functionKind(pool: Pool) {
  return defineKind({
    resource: 'millrace:function',
    title: 'JavaScript function',
    description: 'Runs JavaScript of your own on the data, in a process apart.',
    icon: 'braces',
    schema,
    initial: { code: firstCode, 'input.$': '$' },
    inspect: ({ code }) => {
      const compiled = compile(code, Script);
      if (!('failed' in compiled)) return [];
      const { cause: message, line } = compiled.failed;
      return [{ pointer: '/code', message, ...(line === undefined ? {} : { line }) }];
    },
    call: (call, parameters) => run(pool, call, parameters),
  });
}

async function run(pool: Pool, call: TaskCall, parameters: FunctionParameters): Promise<TaskResult> {
  const { code, input = null, timeoutSeconds, memoryMegabytes } = parameters;
  const { executionId, executionName, flowId, state, attempt, idempotencyKey, signal, log } = call;
  const context = { executionId, executionName, flowId, state, attempt, idempotencyKey };
  const outcome = await pool.run(
    {
      code,
      input: JSON.stringify(input),
      context: JSON.stringify(context),
      milliseconds: timeoutSeconds * 1000,
      log,
      signal,
    },
    memoryMegabytes,
  );
  if (outcome.kind === 'failed') return outcome;
  return { kind: 'succeeded', output: JSON.parse(outcome.output) };
}
