import type { Repair } from '@/lib/api/repairs';
import type { Json } from '@/lib/expression/json';
import type { Step } from '@/lib/monitor/step';
import type { RepairAsked } from './RepairDialog';

/** What can be done to one step, as its dialog asks for it. */
export type StepRepair = 'retry' | 'restart' | 'skip' | 'fail';

/** Which repairs a step can have: what has failed or is parked can be retried and skipped, whatever was reached restarted. */
export function repairsOf(step: Step, status: string): readonly StepRepair[] {
  const isParked = step.status === 'parked';
  const hasFailed = isParked || (status !== 'running' && step.status === 'failed' && !step.caught);
  const again: StepRepair[] = hasFailed && step.stateType !== 'Fail' ? ['retry'] : [];
  const skips: StepRepair[] =
    hasFailed && step.stateType !== 'Fail' && step.stateType !== 'Choice' ? ['skip'] : [];
  return [...again, ...skips, 'restart', ...(isParked ? (['fail'] as const) : [])];
}

export const repairLabels: { readonly [What in StepRepair]: string } = {
  retry: 'Edit input and retry…',
  skip: 'Skip with an output…',
  restart: 'Restart from here…',
  fail: 'Let it fail…',
};

export function askedFor(what: StepRepair, step: Step): RepairAsked {
  const { state, id } = step;
  const input = { label: 'Step input', initial: JSON.stringify(step.input, null, 2) };
  // Whatever `JSON.parse` gives is JSON.
  const edited = (value: unknown) => (value === undefined ? {} : { input: value as Json });
  switch (what) {
    case 'retry':
      return {
        title: `Retry ${state} with edited input`,
        description: 'The step is tried again in this same execution. Its earlier attempts stay visible.',
        action: 'Retry step',
        value: { ...input, isOptional: false },
        repair: (value): Repair => ({ type: 'retry', step: id, ...edited(value) }),
      };
    case 'restart':
      return {
        title: `Restart from ${state}`,
        description:
          'The state is entered anew with the variables that it had. What came after it is undone: results are dropped, calls that were made are not taken back.',
        action: 'Restart from here',
        value: { ...input, isOptional: true },
        repair: (value): Repair => ({ type: 'restart', step: id, ...edited(value) }),
      };
    case 'skip':
      return {
        title: `Skip ${state}`,
        description: 'The step counts as done with the output that you give, and the flow goes on after it.',
        action: 'Skip step',
        value: { label: 'Step output', initial: '{}', isOptional: false },
        repair: (value): Repair => ({ type: 'skip', step: id, output: (value ?? null) as Json }),
      };
    case 'fail':
      return {
        title: `Let ${state} fail`,
        description: 'The step fails for good, and what is around it with it.',
        action: 'Let it fail',
        tone: 'danger',
        repair: (): Repair => ({ type: 'fail', step: id }),
      };
  }
}
