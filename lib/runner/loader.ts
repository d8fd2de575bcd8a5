import type { Event } from '@/lib/engine/event';
import type { Execution } from '@/lib/engine/execution';
import { type Folded, foldOn, type ProgramOf } from '@/lib/engine/fold';
import type { Program } from '@/lib/engine/program';
import { snapshotFormat, thawText } from '@/lib/engine/snapshot';
import type { Journal, Snapshot, StoredExecution } from './journal-port';
import { type Programs, UnusableDefinition } from './programs';
import type { SnapshotPlace } from './snapshots';

/** An execution as it was read from the journal. */
export interface Loaded {
  readonly stored: StoredExecution;
  readonly program: Program;
  readonly execution: Execution;
  /** The one that it was taken up from. */
  readonly snapshot: SnapshotPlace;
}

interface World {
  readonly journal: Pick<Journal, 'find' | 'read' | 'snapshots' | 'histories'>;
  readonly programs: Programs;
  /** Called for each execution that was found, before whoever asked for it is told. */
  readonly adopt: (loaded: Loaded) => void;
  /** A history that cannot be folded: corruption, or a defect of ours. */
  readonly unreadable: (executionId: string, defect: Error) => void;
}

const executionsPerRead = 500;
const eventsPerRead = 2_000;

/**
 * Folds executions from the journal; those that are asked for at about the same time are read together.
 *
 * R7 What was being read when the database was lost is not taken into memory: a commit in doubt may have been written since.
 *    Nor is what was read while it was in memory: only what is not there is asked for, and each reading is taken once.
 */
export class Loader {
  private readonly world: World;
  /** Grows whenever the database is lost. */
  private era = 0;
  private readonly wanted = new Map<string, Promise<boolean>>();
  private gathering: { readonly ids: string[]; readonly done: Promise<ReadonlySet<string>> } | undefined;

  constructor(world: World) {
    this.world = world;
  }

  /** R7. Whoever waits for it is told, and what is asked for from now on is read anew. */
  abandon(): void {
    this.era += 1;
    this.wanted.clear();
    this.gathering = undefined;
  }

  /** True once it was adopted; false where there is none. Rejects when the database cannot be read, or is lost meanwhile. */
  load(executionId: string): Promise<boolean> {
    const before = this.wanted.get(executionId);
    if (before !== undefined) return before;
    this.gathering ??= this.gather();
    this.gathering.ids.push(executionId);
    const found = this.gathering.done.then((ids) => ids.has(executionId));
    this.wanted.set(executionId, found);
    const forget = () => {
      if (this.wanted.get(executionId) === found) this.wanted.delete(executionId);
    };
    found.then(forget, forget);
    return found;
  }

  private gather() {
    const ids: string[] = [];
    const { era } = this;
    const turn = new Promise<void>((resolve) => setImmediate(resolve));
    const done = turn.then(() => {
      this.mustBe(era);
      this.gathering = undefined;
      return this.readAll(ids, era);
    });
    return { ids, done };
  }

  private async readAll(ids: readonly string[], era: number): Promise<ReadonlySet<string>> {
    const found = new Set<string>();
    for (let from = 0; from < ids.length; from += executionsPerRead)
      for (const id of await this.read(ids.slice(from, from + executionsPerRead), era)) found.add(id);
    return found;
  }

  /** R7 */
  private mustBe(era: number): void {
    if (era !== this.era) throw new Error('the database was lost while executions were read from it');
  }

  private async read(ids: readonly string[], era: number): Promise<readonly string[]> {
    const found = await this.world.journal.find(ids);
    const programs = await this.programsOf(found);
    const readable = found.filter(({ versionIds }) => versionIds.every((id) => programs.has(id)));
    const rows = new Map(readable.map((row) => [row.executionId, row]));
    const programOf = (versionId: string) => {
      const program = programs.get(versionId);
      if (!program) throw new UnusableDefinition(`version ${versionId} is not one that the execution ran`);
      return program;
    };
    const snapshots = await this.world.journal.snapshots([...rows.keys()], snapshotFormat);
    const read = await this.readWhole(
      [...rows.values()].filter((row) => !snapshots.has(row.executionId)),
      programOf,
    );
    for (const [executionId, snapshot] of snapshots) {
      const folded = await this.readOn(executionId, snapshot, programOf);
      if (folded) read.set(executionId, folded);
    }
    this.mustBe(era);
    for (const [executionId, folded] of read) {
      const stored = rows.get(executionId);
      const { lastEvent = 0, state = '' } = snapshots.get(executionId) ?? {};
      const snapshot = { lastEvent, length: state.length };
      this.wanted.delete(executionId);
      if (stored) this.guarded(executionId, () => this.world.adopt({ stored, snapshot, ...folded }));
    }
    return [...read.keys()];
  }

  private async readWhole(
    rows: readonly StoredExecution[],
    programOf: ProgramOf,
  ): Promise<Map<string, Folded>> {
    const first = new Map(rows.map(({ executionId, versionIds }) => [executionId, versionIds[0]]));
    const read = new Map<string, Folded>();
    for await (const { executionId, events } of this.world.journal.histories([...first.keys()]))
      this.guarded(executionId, () => {
        const before = read.get(executionId);
        const program = before?.program ?? programOf(first.get(executionId) ?? '');
        read.set(executionId, foldOn(program, before?.execution, events, programOf));
      });
    return read;
  }

  /** R5: what a snapshot says, and the events after it. Undefined where they cannot be folded. */
  private async readOn(
    executionId: string,
    snapshot: Snapshot,
    programOf: ProgramOf,
  ): Promise<Folded | undefined> {
    let folded: Folded | undefined;
    let events: readonly Event[] = [];
    do {
      const { lastEvent } = folded?.execution ?? snapshot;
      events = await this.world.journal.read(executionId, lastEvent, eventsPerRead);
      const before = folded;
      const done = this.guarded(executionId, () => {
        const { program, execution } = before ?? {
          program: programOf(snapshot.versionId),
          execution: thawText(snapshot.state),
        };
        folded = foldOn(program, execution, events, programOf);
      });
      if (!done) return undefined;
    } while (events.length > 0);
    return folded;
  }

  private async programsOf(rows: readonly StoredExecution[]): Promise<ReadonlyMap<string, Program>> {
    const programs = new Map<string, Program>();
    for (const { executionId, versionIds } of rows)
      for (const versionId of versionIds) {
        const program = programs.get(versionId) ?? (await this.programOf(executionId, versionId));
        if (program !== undefined) programs.set(versionId, program);
      }
    return programs;
  }

  private async programOf(executionId: string, versionId: string): Promise<Program | undefined> {
    try {
      return await this.world.programs.of(versionId);
    } catch (defect) {
      if (!(defect instanceof UnusableDefinition)) throw defect;
      this.world.unreadable(executionId, defect);
      return undefined;
    }
  }

  /** False where `act` throws. */
  private guarded(executionId: string, act: () => void): boolean {
    try {
      act();
      return true;
    } catch (defect) {
      this.world.unreadable(executionId, defect instanceof Error ? defect : new Error(String(defect)));
      return false;
    }
  }
}
