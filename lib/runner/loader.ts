import type { Program } from '@/lib/engine/compile';
import type { Execution } from '@/lib/engine/execution';
import { type Folded, foldOn } from '@/lib/engine/fold';
import type { Journal, StoredExecution } from './journal-port';
import { type Programs, UnusableDefinition } from './programs';

/** An execution as it was read from the journal. */
export interface Loaded {
  readonly stored: StoredExecution;
  readonly program: Program;
  readonly execution: Execution;
}

interface World {
  readonly journal: Journal;
  readonly programs: Programs;
  /** Called for each execution that was found, before whoever asked for it is told. */
  readonly adopt: (loaded: Loaded) => void;
  /** A history that cannot be folded: corruption, or a defect of ours. */
  readonly unreadable: (executionId: string, defect: Error) => void;
}

const executionsPerRead = 500;

/** Folds executions from the journal; those that are asked for at about the same time are read together. */
export class Loader {
  private readonly world: World;
  private readonly wanted = new Map<string, Promise<boolean>>();
  private gathering: { readonly ids: string[]; readonly done: Promise<ReadonlySet<string>> } | undefined;

  constructor(world: World) {
    this.world = world;
  }

  /** True once it was adopted; false where there is none. Rejects when the database cannot be read. */
  load(executionId: string): Promise<boolean> {
    const before = this.wanted.get(executionId);
    if (before !== undefined) return before;
    this.gathering ??= this.gather();
    this.gathering.ids.push(executionId);
    const found = this.gathering.done.then((ids) => ids.has(executionId));
    this.wanted.set(executionId, found);
    const forget = () => this.wanted.delete(executionId);
    found.then(forget, forget);
    return found;
  }

  private gather() {
    const ids: string[] = [];
    const turn = new Promise<void>((resolve) => setImmediate(resolve));
    const done = turn.then(() => {
      this.gathering = undefined;
      return this.readAll(ids);
    });
    return { ids, done };
  }

  private async readAll(ids: readonly string[]): Promise<ReadonlySet<string>> {
    const found = new Set<string>();
    for (let from = 0; from < ids.length; from += executionsPerRead)
      for (const id of await this.read(ids.slice(from, from + executionsPerRead))) found.add(id);
    return found;
  }

  private async read(ids: readonly string[]): Promise<readonly string[]> {
    const rows = new Map((await this.world.journal.find(ids)).map((row) => [row.executionId, row]));
    const programs = await this.programsOf([...rows.values()]);
    const programOf = (versionId: string) => {
      const program = programs.get(versionId);
      if (!program) throw new UnusableDefinition(`version ${versionId} is not one that the execution ran`);
      return program;
    };
    const read = new Map<string, Folded>();
    for await (const { executionId, events } of this.world.journal.histories([...rows.keys()])) {
      const first = programs.get(rows.get(executionId)?.versionIds[0] ?? '');
      if (!first) continue;
      const before = read.get(executionId);
      this.guarded(executionId, () =>
        read.set(executionId, foldOn(before?.program ?? first, before?.execution, events, programOf)),
      );
    }
    for (const [executionId, folded] of read) {
      const stored = rows.get(executionId);
      if (stored) this.guarded(executionId, () => this.world.adopt({ stored, ...folded }));
    }
    return [...read.keys()];
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

  private guarded(executionId: string, act: () => void): void {
    try {
      act();
    } catch (defect) {
      this.world.unreadable(executionId, defect instanceof Error ? defect : new Error(String(defect)));
    }
  }
}
