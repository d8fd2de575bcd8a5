import type { StateType } from '@/lib/flow/model';
import type { Event } from './event';
import type { Execution } from './execution';
import { scopeAt } from './places';
import { readRestored } from './restored';

/** One visit to a state, as a plan counts it. */
export interface Visit {
  readonly id: number;
  readonly state: string;
  readonly stateType: StateType;
  /** Key of the machine that the state belongs to. */
  readonly machine: string;
  readonly parent: number;
  readonly index: number;
  /** Which start of the branches or iterations around it the visit belongs to. */
  readonly start: number;
  isFinished: boolean;
  /** What was called, and how often. */
  resource?: string;
  calls: number;
}

/** Where a machine was put back to: the Parallel or Map that it is at again, or the visit that is taken back. */
interface PutBack {
  readonly parent: number;
  readonly index: number;
  readonly at: number;
  readonly isInnermost: boolean;
}

/** All visits of a history. */
export class Visits {
  private readonly all = new Map<number, Visit>();
  /** The newest start of the branches or iterations of a step. */
  private readonly starts = new Map<number, number>();
  /** Visits that restarts took back; everything inside of them goes with them. */
  private readonly undone = new Set<number>();

  /** `execution` is as it is right before the event. */
  take(execution: Execution, event: Event): void {
    switch (event.type) {
      case 'StateEntered':
        this.enter(execution, event);
        return;
      case 'StateExited':
        this.at(event.step, (visit) => {
          visit.isFinished = true;
        });
        return;
      case 'TaskScheduled':
        this.at(event.step, (visit) => {
          visit.resource = event.resource;
          visit.calls += 1;
        });
        return;
      case 'ParallelStateStarted':
      case 'MapStateStarted':
        this.starts.set(event.step, event.id);
        return;
      case 'StepRestarted':
        this.undo(event);
    }
  }

  /** Those that count: not undone, and of the newest start of everything around them. */
  counting(): readonly Visit[] {
    const known = new Map<number, boolean>([[0, true]]);
    const counts = (id: number): boolean => {
      const before = known.get(id);
      if (before !== undefined) return before;
      const visit = this.all.get(id);
      const does =
        visit !== undefined &&
        !this.undone.has(id) &&
        (this.starts.get(visit.parent) ?? 0) === visit.start &&
        counts(visit.parent);
      known.set(id, does);
      return does;
    };
    return [...this.all.values()].filter(({ id }) => counts(id));
  }

  private enter(execution: Execution, event: Extract<Event, { type: 'StateEntered' }>): void {
    const { id, state, stateType, parent = 0, index = 0 } = event;
    const { machine } = scopeAt(execution, parent, index);
    const start = this.starts.get(parent) ?? 0;
    this.all.set(id, { id, state, stateType, machine, parent, index, start, isFinished: false, calls: 0 });
  }

  private at(step: number, change: (visit: Visit) => void): void {
    const visit = this.all.get(step);
    if (visit !== undefined) change(visit);
  }

  private undo(event: Extract<Event, { type: 'StepRestarted' }>): void {
    const scopes = readRestored(event.restored).map(({ scope }) => scope);
    const machines = putBacks(scopes, event.step);
    for (const visit of this.all.values()) if (isUndone(machines, visit)) this.undone.add(visit.id);
    for (const { step: id } of scopes) {
      // The Parallel or Map is open again, with everything that was in it, even where an earlier restart had undone it.
      this.undone.delete(id);
      this.at(id, (visit) => {
        visit.isFinished = false;
      });
    }
    const reached = this.all.get(event.step);
    for (let visit = reached; visit !== undefined; visit = this.all.get(visit.parent))
      if (scopes.some(({ step }) => step === visit?.parent)) this.starts.set(visit.parent, visit.start);
  }
}

/** The machines that a restart puts back, as it finds them in its wish. */
function putBacks(
  scopes: readonly { readonly parent: number; readonly index: number; readonly step: number }[],
  step: number,
): readonly PutBack[] {
  return scopes.map(({ parent, index, step: at }, place) => {
    const isInnermost = place === scopes.length - 1;
    return { parent, index, at: isInnermost ? step : at, isInnermost };
  });
}

/** Whether the visit came after in one of the machines that are put back. What is inside of it goes with it. */
function isUndone(machines: readonly PutBack[], { id, parent, index }: Visit): boolean {
  return machines.some(
    (machine) =>
      machine.parent === parent &&
      (parent === 0 || machine.index === index) &&
      (machine.isInnermost ? id >= machine.at : id > machine.at),
  );
}
