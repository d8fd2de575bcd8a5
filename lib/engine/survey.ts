import { apply } from './apply';
import type { Event } from './event';
import type { Execution } from './execution';
import type { ProgramOf } from './fold';
import type { Program } from './program';
import type { Reached } from './reached';
import { Trace } from './trace';
import { Visits } from './visits';

/** What a look through a whole history has found. */
export interface Surveyed {
  readonly execution: Execution;
  readonly program: Program;
  readonly visits: Visits;
  /** The step that was asked about; undefined where it was never entered. */
  readonly reached: Reached | undefined;
}

/**
 * Looks through the history of an execution, a page at a time, for what a plan wants to know and the execution no longer does:
 * what was visited and called, and how things lay when the step `wanted` was entered.
 */
export class Survey {
  private readonly programOf: ProgramOf;
  private readonly wanted: number | undefined;
  private readonly visits = new Visits();
  private program: Program;
  private execution: Execution | undefined;
  private trace: Trace | undefined;

  constructor(program: Program, programOf: ProgramOf, wanted?: number) {
    this.program = program;
    this.programOf = programOf;
    this.wanted = wanted;
  }

  /** Takes the next events of the history, in order. */
  take(events: Iterable<Event>): void {
    for (const event of events) this.takeOne(event);
  }

  /** The event up to which it has looked. */
  lastEvent(): number {
    return this.execution?.lastEvent ?? 0;
  }

  done(): Surveyed {
    const { execution, program } = this;
    if (execution === undefined) throw new Error('a history without events cannot be surveyed');
    return { execution, program, visits: this.visits, reached: this.trace?.reached(execution) };
  }

  private takeOne(event: Event): void {
    if (event.type === 'StateEntered' && event.id === this.wanted && this.execution !== undefined)
      this.trace = new Trace(this.execution, event);
    if (this.execution !== undefined) {
      this.visits.take(this.execution, event);
      this.trace?.before(this.execution, event);
    }
    this.execution = apply(this.program, this.execution, event);
    this.trace?.after(this.execution, event);
    if (event.type === 'DefinitionReplaced') this.program = this.programOf(event.versionId);
  }
}
