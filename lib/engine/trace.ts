import type { Event } from './event';
import type { Container, Execution, Scope, Step } from './execution';
import { scopeAt, scopeOf, stepAt } from './places';
import type { Reached } from './reached';
import { captured, isHandedOver, type RestoredScope, readRestored } from './restored';

type Entered = Extract<Event, { type: 'StateEntered' }>;

/** A Parallel or Map around the step. */
interface Around {
  readonly id: number;
  /** The part of it that the step lies in. */
  readonly index: number;
  /** Its own machine, as it was. */
  readonly scope: Scope;
  /** Which start of its branches or iterations the step's is one of. */
  readonly attempt: number;
  /** The branches and iterations that the step's is one of; undefined once they are gone. */
  container: Container | undefined;
  /** How it was when it was last open; what may be the last look is taken before each event that may close it. */
  last: RestoredScope['steps'] | undefined;
  /** Its name, where its ResultWriter was given what came of the part. */
  handedOver?: string;
}

/** Follows what is around one step from its entry to the end of the history, so that a restart can put it back. */
export class Trace {
  private readonly entered: Entered;
  private readonly scope: Scope;
  private readonly around: readonly Around[];

  /** `execution` is as it is right before the step's entry. */
  constructor(execution: Execution, entered: Entered) {
    const scope = scopeAt(execution, entered.parent ?? 0, entered.index ?? 0);
    this.entered = entered;
    this.scope = { ...scope };
    this.around = aroundOf(execution, scope);
  }

  /** An event comes: whatever it may close is looked at for the last time. */
  before(execution: Execution, event: Event): void {
    if (this.around.length === 0 || !this.mayClose(execution, event)) return;
    for (const each of this.around) {
      const step = execution.steps.get(each.id);
      if (step?.container != null && step.container === each.container) this.look(execution, step, each);
    }
  }

  private look(execution: Execution, step: Step, each: Around): void {
    if (step.container !== null && isHandedOver(step.container, each.index)) each.handedOver = step.state;
    else each.last = captured(execution, step, each.index);
  }

  after(execution: Execution, event: Event): void {
    const reopened = event.type === 'StepRestarted' ? readRestored(event.restored) : [];
    for (const each of this.around) {
      const step = execution.steps.get(each.id);
      const container = step?.container ?? undefined;
      if (container === each.container) continue;
      const isBack = reopened.some(({ scope }) => scope.step === each.id) && step?.attempt === each.attempt;
      each.container = isBack ? container : undefined;
    }
  }

  reached(execution: Execution): Reached {
    const { id: step, state, stateType, input } = this.entered;
    const { lastEvent } = execution;
    const handedOver = this.around
      .slice(firstClosed(this.around))
      .find((each) => each.handedOver)?.handedOver;
    if (handedOver !== undefined)
      return { step, state, stateType, input, restored: [this.innermost()], handedOver, lastEvent };
    return { step, state, stateType, input, restored: this.restored(), lastEvent };
  }

  private innermost(): RestoredScope {
    return { scope: { ...this.scope, step: 0, next: null, status: 'stalled' }, steps: [] };
  }

  private restored(): readonly RestoredScope[] | undefined {
    const closed = this.around.slice(firstClosed(this.around));
    if (closed.some(({ last }) => last === undefined || last.length === 0)) return undefined;
    return [
      ...closed.map(({ id, scope, last }): RestoredScope => {
        return { scope: { ...scope, step: id, next: null, status: 'stalled' }, steps: last ?? [] };
      }),
      this.innermost(),
    ];
  }

  private mayClose(execution: Execution, event: Event): boolean {
    switch (event.type) {
      case 'StepRestarted':
      case 'StepRetried':
        return true;
      case 'StateEntered':
        return this.isAround(scopeAt(execution, event.parent ?? 0, event.index ?? 0).step);
      case 'StateExited':
      case 'ParallelStateStarted':
      case 'MapStateStarted':
        return this.isAround(event.step);
      default:
        return 'retry' in event && this.isAround(event.step);
    }
  }

  private isAround(step: number): boolean {
    return this.around.some(({ id }) => id === step);
  }
}

function aroundOf(execution: Execution, innermost: Scope): readonly Around[] {
  const around: Around[] = [];
  for (let scope = innermost; scope.parent !== 0; ) {
    const step: Step = stepAt(execution, scope.parent);
    const own = scopeOf(execution, step);
    const container = step.container ?? undefined;
    const { id, attempt } = step;
    around.unshift({ id, index: scope.index, scope: { ...own }, attempt, container, last: undefined });
    scope = own;
  }
  return around;
}

function firstClosed(around: readonly Around[]): number {
  const first = around.findIndex(({ container }) => container === undefined);
  return first === -1 ? around.length : first;
}
