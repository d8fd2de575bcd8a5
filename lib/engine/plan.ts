import type { StateType } from '@/lib/flow/model';
import { type Advanced, advance } from './advance';
import type { Arrival } from './arrival';
import type { Event } from './event';
import { stuckSteps } from './stuck';
import type { Surveyed } from './survey';
import type { Visit } from './visits';

/** What an operator's wish would come to, found by doing it to a copy. */
export interface Plan {
  /** The event at which it was made: the wish may name it, and is refused where the execution has gone on since. */
  readonly lastEvent: number;
  /** Why it cannot be done, a sentence each; none: it can. */
  readonly refused: readonly string[];
  /** What is finished and stays so. */
  readonly kept: readonly PlannedState[];
  /** What is tried again; after a restart, what had been visited since and will be again if the flow goes the same way. */
  readonly again: readonly PlannedState[];
  /** What was called already and will be called again. */
  readonly calls: readonly RepeatedCall[];
  /** What has failed too and stays as it is: the Parallel or Map around it fails again unless it is repaired as well. */
  readonly failedStill: readonly PlannedState[];
}

interface PlannedState {
  readonly state: string;
  readonly stateType: StateType;
  /** How many visits of it. */
  readonly visits: number;
}

interface RepeatedCall {
  readonly state: string;
  readonly resource: string;
  /** How many steps call it again. */
  readonly steps: number;
  /** How often they have called it so far. */
  readonly calls: number;
}

type Wish = Extract<Arrival, { type: 'retryStep' | 'redrive' | 'restart' | 'skipStep' | 'failStep' }>;

/** Plans a wish for an execution as its history has it. What was surveyed is used up: it becomes what the wish makes of it. */
export function plan(surveyed: Surveyed, wish: Wish): Plan {
  const { execution, program, visits } = surveyed;
  const { lastEvent } = execution;
  const before = visits.counting();
  const failed = stuckSteps(execution).filter(({ status }) => status === 'failed');
  const { events, refused }: Advanced = advance(program, execution, wish);
  if (refused !== undefined)
    return { lastEvent, refused: refused.split('\n'), kept: [], again: [], calls: [], failedStill: [] };
  const restarted = events.find((event) => event.type === 'StepRestarted');
  if (restarted !== undefined) visits.take(execution, restarted);
  const after = visits.counting();
  const revived = revivedBy(events);
  const standing = new Set(after.map(({ id }) => id));
  const again = [
    ...before.filter(({ id }) => !standing.has(id)),
    ...after.filter(({ id }) => revived.has(id)),
  ].sort((one, other) => one.id - other.id);
  const repeated = new Set(again.map(({ id }) => id));
  const still = new Set(
    failed.map(({ id }) => id).filter((id) => !repeated.has(id) && !isDoneWith(wish, id)),
  );
  return {
    lastEvent,
    refused: [],
    kept: tally(after.filter(({ isFinished, id }) => isFinished && !repeated.has(id))),
    again: tally(again),
    calls: callsOf(again),
    failedStill: tally(before.filter(({ id }) => still.has(id))),
  };
}

/** The steps that the wish itself sets going again, by its own events. */
function revivedBy(events: readonly Event[]): ReadonlySet<number> {
  return new Set(events.flatMap(revivedIn));
}

function revivedIn(event: Event): readonly number[] {
  switch (event.type) {
    case 'ExecutionRedriven':
      return event.steps;
    case 'StepRetried':
      return [event.step, ...(event.resumed ?? [])];
    case 'StepSkipped':
    case 'StepRestarted':
      return event.resumed ?? [];
    default:
      return [];
  }
}

function isDoneWith(wish: Wish, step: number): boolean {
  return (wish.type === 'skipStep' || wish.type === 'failStep') && wish.step === step;
}

function tally(visits: readonly Visit[]): readonly PlannedState[] {
  const states = new Map<string, { state: string; stateType: StateType; visits: number }>();
  for (const { machine, state, stateType } of visits) {
    const key = `${machine} ${state}`;
    const known = states.get(key);
    if (known === undefined) states.set(key, { state, stateType, visits: 1 });
    else known.visits += 1;
  }
  return [...states.values()];
}

function callsOf(visits: readonly Visit[]): readonly RepeatedCall[] {
  const calls = new Map<string, { state: string; resource: string; steps: number; calls: number }>();
  for (const { machine, state, resource, calls: made } of visits) {
    if (resource === undefined || made === 0) continue;
    const key = `${machine} ${state} ${resource}`;
    const known = calls.get(key) ?? { state, resource, steps: 0, calls: 0 };
    calls.set(key, { ...known, steps: known.steps + 1, calls: known.calls + made });
  }
  return [...calls.values()];
}
