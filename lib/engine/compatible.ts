import type { Replacement } from './arrival';
import type { CompiledState } from './compile-state';
import type { Container, Execution, Scope, Step } from './execution';
import { type CompiledMachine, type Program, stateAt } from './program';
import { isStuck } from './stuck';

/**
 * Why an execution cannot go on with another version of its flow: one sentence for each thing that it keeps and that has no
 * place there. What is finished is a value that was handed on, and asks for nothing; what is looked at is where each machine
 * stands, and the Parallel and Map states that have begun.
 */
export function incompatibilities(
  program: Program,
  replacement: Replacement,
  execution: Execution,
): readonly string[] {
  return inMachine({ program, replacement, execution }, execution.top);
}

interface Question {
  readonly program: Program;
  readonly replacement: Replacement;
  readonly execution: Execution;
}

function inMachine(question: Question, scope: Scope): readonly string[] {
  const { replacement, execution } = question;
  const machine = replacement.program.machines.get(scope.machine);
  const step = execution.steps.get(scope.step);
  if (step !== undefined) return atStep(question, machine, step);
  if (scope.next === null || machine?.states.has(scope.next.state)) return [];
  return [
    `The execution goes on at "${scope.next.state}", which version ${replacement.version} does not have.`,
  ];
}

function atStep(question: Question, machine: CompiledMachine | undefined, step: Step): readonly string[] {
  const { replacement, execution } = question;
  const state = machine?.states.get(step.state);
  const { version } = replacement;
  const kept = step.container !== null && step.container.started > 0 ? step.container : undefined;
  if (state === undefined) {
    return [
      `${whatIsAt(execution, step)}, which version ${version} does not have there. Keep its name, or restart from a step before it.`,
    ];
  }
  // What is begun anew may be anything by now.
  if (kept === undefined && runsAgain(execution, step)) return [];
  if (state.type !== step.type)
    return [
      `"${step.state}" ${kept === undefined ? 'is in progress' : 'has begun'} as a ${step.type} state, and is a ${state.type} state in version ${version}.`,
    ];
  if (kept === undefined) return [];
  const reasons = inContainer(question, step, kept, state);
  if (reasons.length > 0) return reasons;
  return [...kept.scopes.values()].flatMap((scope) => inMachine(question, scope));
}

function runsAgain(execution: Execution, step: Step): boolean {
  return step.status === 'parked' || isStuck(execution, step);
}

function whatIsAt(execution: Execution, step: Step): string {
  if (step.status === 'parked') return `"${step.state}" waits for an operator`;
  const verb = isStuck(execution, step) ? (step.status === 'failed' ? 'failed' : 'was stopped') : 'is';
  return `The execution ${verb} at "${step.state}"`;
}

/** A Parallel whose branches are kept needs as many of them; a Map's iterations stay of the kind that they are. */
function inContainer(
  { program, replacement, execution }: Question,
  step: Step,
  kept: Container,
  state: CompiledState,
): readonly string[] {
  const { version } = replacement;
  if (state.type === 'Parallel' && state.branches !== kept.length)
    return [
      `"${step.state}" has ${kept.length} branches whose results are kept, and ${state.branches} in version ${version}.`,
    ];
  if (state.type !== 'Map') return [];
  const wasDistributed = kept.map?.run !== null && kept.map?.run !== undefined;
  if (state.distributed !== wasDistributed) {
    const kind = (distributed: boolean) => (distributed ? 'a distributed Map' : 'an inline Map');
    return [
      `"${step.state}" was begun as ${kind(wasDistributed)}, and is ${kind(state.distributed)} in version ${version}.`,
    ];
  }
  const before = stateAt(program, scopeKey(execution, step), step.state);
  if (before.type === 'Map' && before.jsonata !== state.jsonata)
    return [
      `"${step.state}" has begun with ${languageOf(before)}, and is written in ${languageOf(state)} in version ${version}: its items would look different.`,
    ];
  return [];
}

function scopeKey(execution: Execution, step: Step): string {
  if (step.parent === 0) return execution.top.machine;
  return execution.steps.get(step.parent)?.container?.scopes.get(step.index)?.machine ?? '';
}

function languageOf({ jsonata }: CompiledState): string {
  return jsonata ? 'JSONata' : 'JSONPath';
}
