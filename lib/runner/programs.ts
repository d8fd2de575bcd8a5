import { compile } from '@/lib/engine/compile';
import type { Program } from '@/lib/engine/program';
import type { Versions } from './ports';
import { reading } from './reading';

/** A definition that was accepted once and cannot be compiled now: a defect, and no reason to wait for the database. */
export class UnusableDefinition extends Error {
  override readonly name = 'UnusableDefinition';
}

const mostKept = 1_000;

/** Definitions made ready to run, each compiled once; the ones used longest ago are forgotten. */
export class Programs {
  private readonly versions: Versions;
  private readonly known = new Map<string, Promise<Program>>();

  constructor(versions: Versions) {
    this.versions = versions;
  }

  /** Rejects with UnusableDefinition or EngineUnavailable. */
  of(versionId: string): Promise<Program> {
    const before = this.known.get(versionId);
    if (before !== undefined) return before;
    const made = this.make(versionId);
    this.known.set(versionId, made);
    made.catch(() => this.known.delete(versionId));
    const oldest = this.known.keys().next().value;
    if (this.known.size > mostKept && oldest !== undefined) this.known.delete(oldest);
    return made;
  }

  private async make(versionId: string): Promise<Program> {
    const definition = await reading(this.versions.definition(versionId));
    try {
      return compile(definition);
    } catch (defect) {
      throw new UnusableDefinition(`version ${versionId} cannot be compiled: ${String(defect)}`);
    }
  }
}
