import { z } from 'zod';
import type { Json } from '@/lib/expression/json';
import type { Children } from '@/lib/runner/children-port';
import { defineKind } from './kind';

const schema = z.strictObject({
  StateMachineArn: z.string().min(1).meta({
    title: 'State machine',
    description:
      'Name or id of a flow, or the ARN of a state machine: the flow that has its name is started.',
    format: 'flow',
  }),
  Input: z.json().optional().meta({ title: 'Input', format: 'json' }),
  Name: z.string().min(1).max(80).optional().meta({ title: 'Execution name' }),
});

/** AWS's way to start another flow: at once, or waiting for its output as text (`.sync`) or as JSON (`.sync:2`). */
export function startExecutionKinds(children: Children) {
  return [
    kindOf(children, '', undefined),
    kindOf(children, '.sync', 'text'),
    kindOf(children, '.sync:2', 'json'),
  ];
}

function kindOf(children: Children, suffix: string, waitFor: 'text' | 'json' | undefined) {
  return defineKind({
    resource: `arn:aws:states:::states:startExecution${suffix}`,
    title: waitFor === undefined ? 'Start a flow (AWS)' : 'Run a flow (AWS)',
    description: 'Starts the flow that has the name of the state machine.',
    icon: 'workflow',
    schema,
    initial: { StateMachineArn: '' },
    isOffered: false,
    call: async (call, { StateMachineArn, Input = {}, Name }) => {
      const { executionId, step, attempt } = call;
      const parent = { executionId, step, attempt, ...(waitFor === undefined ? {} : { told: waitFor }) };
      const started = await children.start({
        ...flowIn(StateMachineArn),
        input: inputOf(Input),
        name: Name ?? `${executionId}-${step}-${attempt}`,
        ...(waitFor === undefined ? {} : { parent }),
      });
      if (!started.ok)
        return { kind: 'failed', error: `StepFunctions.${started.error}Exception`, cause: started.cause };
      const output = { ExecutionArn: started.executionId, StartDate: new Date().toISOString() };
      return waitFor === undefined ? { kind: 'succeeded', output } : { kind: 'pending', output };
    },
  });
}

/** `arn:aws:states:region:account:stateMachine:NAME`, with a version behind it perhaps. */
function flowIn(arn: string): { readonly flow: string; readonly version?: number } {
  const [, name, version] = /^arn:[^:]*:states:[^:]*:[^:]*:stateMachine:([^:]+)(?::(\d+))?$/.exec(arn) ?? [];
  if (name === undefined) return { flow: arn };
  return version === undefined ? { flow: name } : { flow: name, version: Number(version) };
}

/** AWS takes the input as JSON or as the text of it. */
function inputOf(input: Json): Json {
  if (typeof input !== 'string') return input;
  try {
    return JSON.parse(input);
  } catch {
    return input;
  }
}
