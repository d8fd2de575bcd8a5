import type { Failure } from './event';
import type { Container, Step } from './execution';
import { isDone, leaveMap, leaveParallel, writeWhenFull } from './iterate';
import { stepAt } from './places';
import { stuckInside } from './stuck';
import { beyondTolerance, isTolerated } from './tolerance';
import { emit, type Turn } from './turn';

/** A branch or an iteration has ended: the Parallel or Map goes on, ends, or fails again. Throws LanguageFailure. */
export function settle(turn: Turn, step: Step, index: number, previous: number): void {
  const { container } = step;
  if (container === null || step.status !== 'inside') return;
  const last =
    container.map === null
      ? previous
      : emit(turn, { type: 'MapIterationSucceeded', step: step.id, index }, previous);
  proceed(turn, step, last);
}

/** What is left of a Parallel or Map is begun, ended, or given up again. Throws LanguageFailure. */
export function proceed(turn: Turn, step: Step, last: number): void {
  const { container } = step;
  if (container === null || step.status !== 'inside') return;
  if (isTooMuch(container)) {
    turn.now.push({ kind: 'failed', step, failure: tooMuch, origin: 'run', previous: last });
    return;
  }
  if (!isDone(container)) writeWhenFull(turn, step, last);
  if (isBeyondTolerance(container)) {
    turn.now.push({ kind: 'failed', step, failure: beyondTolerance, origin: 'run', previous: last });
  } else if (isDone(container)) {
    end(turn, step, container, last);
  } else if (hasStuck(container)) {
    goOn(turn, step, container);
  } else if (container.map !== null) {
    turn.soon.push({ kind: 'fill', step });
  }
}

function end(turn: Turn, step: Step, container: Container, last: number): void {
  if (container.map === null) leaveParallel(turn, step, container, last);
  else leaveMap(turn, step, last);
}

/** What was retried by hand is done, and what stood still beside it is still as it was. */
function hasStuck({ running, scopes, map }: Container): boolean {
  if (running > 0) return false;
  const tolerated = map?.run?.failures;
  return [...scopes.values()].some(({ status, index }) => status === 'stalled' && !tolerated?.has(index));
}

/** A distributed Map without a ResultWriter holds its outputs in memory: these bytes of them at most. */
const mostKept = 67_108_864;
const tooMuch: Failure = {
  error: 'States.DataLimitExceeded',
  cause: 'The results of the items have more than 64 MiB together: give the Map a ResultWriter.',
};

function isTooMuch({ map }: Container): boolean {
  return map?.run != null && map.run.kept > mostKept;
}

/** More items have failed than a distributed Map may have, and none is on its way. */
function isBeyondTolerance(container: Container): boolean {
  const run = container.map?.run ?? null;
  return run !== null && container.running === 0 && !isTolerated(container, run);
}

/** A failure that is left is the container's again; where none is left, what was given up because of one is resumed. */
function goOn(turn: Turn, step: Step, container: Container): void {
  const stuck = stuckInside(turn.execution, container);
  const failed = stuck.find(({ status }) => status === 'failed');
  if (failed !== undefined) {
    const inner = partAround(turn, step, failed);
    const failure = failed.failure ?? {};
    turn.now.push({ kind: 'around', step: inner, failure, origin: 'fail', previous: step.last });
    return;
  }
  const [first, ...others] = stuck;
  if (first === undefined) return;
  const resumed = others.map(({ id }) => id);
  emit(turn, { type: 'StepRetried', step: first.id, resumed }, step.last);
  for (const again of stuck) turn.soon.push({ kind: 'run', step: again });
  for (const scope of container.scopes.values()) turn.soon.push({ kind: 'enter', scope });
}

/** The step directly inside the container that is, or holds, the one that failed. */
function partAround(turn: Turn, step: Step, failed: Step): Step {
  let part = failed;
  while (part.parent !== step.id) part = stepAt(turn.execution, part.parent);
  return part;
}
