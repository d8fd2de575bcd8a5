import type { Json } from '@/lib/expression/json';
import type { Container, Execution, Scope, Step } from './execution';
import { sizeOf } from './size';
import { type FrozenStep, freezeStep, thawStep } from './snapshot';

/** A machine that a restart puts back to an earlier point. It is stalled until everything stands as it should. */
export interface RestoredScope {
  /** It is at a Parallel or Map again, or (the innermost one) enters its next state. */
  readonly scope: Scope;
  /** The Parallel or Map that it is at, and everything inside that but the part which is put back too. */
  readonly steps: readonly FrozenStep[];
}

/** As an event holds it; from the outermost machine to the innermost. */
export function writeRestored(scopes: readonly RestoredScope[]): Json {
  // All of it is plain data; the round trip cuts it off from the execution.
  return JSON.parse(JSON.stringify(scopes));
}

/** What `writeRestored` wrote, as parts of an execution. */
export function readRestored(restored: Json): { readonly scope: Scope; readonly steps: readonly Step[] }[] {
  // Only `writeRestored` makes such a value; the round trip keeps the event as it is.
  const scopes = JSON.parse(JSON.stringify(restored)) as readonly RestoredScope[];
  return scopes.map(({ scope, steps }) => ({ scope, steps: steps.map(thawStep) }));
}

/** A Parallel or Map with everything inside it but the part `index`, all of it standing still, as a restart finds it again. */
export function captured(execution: Execution, step: Step, index: number): readonly FrozenStep[] {
  const [first, ...inner] = [step, ...stepsInside(execution, step, index)].map(freezeStep).map(thawStep);
  if (first?.container === undefined || first.container === null) return [];
  vacate(first.container, index);
  first.status = 'inside';
  first.task = null;
  first.failure = null;
  for (const each of inner) giveUp(each);
  for (const each of [first, ...inner]) standStill(each.container);
  return [first, ...inner].map(freezeStep);
}

function stepsInside(execution: Execution, { container }: Step, except?: number): Step[] {
  return [...(container?.scopes.values() ?? [])].flatMap((scope) => {
    const inner = scope.index === except ? undefined : execution.steps.get(scope.step);
    return inner === undefined ? [] : [inner, ...stepsInside(execution, inner)];
  });
}

function giveUp(step: Step): void {
  step.task = null;
  if (step.status !== 'failed') step.status = 'aborted';
}

function standStill(container: Container | null): void {
  if (container === null) return;
  for (const scope of container.scopes.values()) scope.status = 'stalled';
  container.running = 0;
}

/** A branch or iteration of a Parallel or Map is as if it had not been begun: it is not in progress, not done and has not failed. */
export function vacate(container: Container, index: number): void {
  const scope = container.scopes.get(index);
  const run = container.map?.run ?? null;
  if (scope === undefined) {
    container.done -= 1;
    if (run !== null) run.kept -= sizeOf(container.outputs[index] ?? null) + 1;
  } else if (scope.status === 'running') container.running -= 1;
  container.scopes.delete(index);
  if (run === null || run.writer === null) container.outputs[index] = null;
  run?.failures.delete(index);
}

/** Whether the result of a part was given away, or is no longer waited for: it cannot be put back then. */
export function isHandedOver({ map, scopes }: Container, index: number): boolean {
  const run = map?.run ?? null;
  if (run === null || run.writer === null) return false;
  return !scopes.has(index) || run.written !== null || run.writing?.last === true;
}
