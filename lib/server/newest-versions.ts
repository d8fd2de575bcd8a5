import type { Store } from '@/lib/store/client';
import { findStartable, type Startable } from '@/lib/store/versions';

/** So many flows are started often at most; of others the newest version is read again. */
const keptFlows = 1_000;

/**
 * What most starts are of, the newest version of a flow, as it was when it was last read. It may be old, so a start has to say what
 * it was decided on (S4 of the runner), and to forget it where that does not hold any more.
 */
export class NewestVersions {
  private readonly store: Store;
  private readonly kept = new Map<string, Startable>();

  constructor(store: Store) {
    this.store = store;
  }

  /** Undefined where there is no such flow. */
  async of(flowId: string): Promise<Startable | undefined> {
    const known = this.kept.get(flowId);
    if (known) return known;
    const read = await findStartable(this.store, { id: flowId }, undefined);
    if (read === undefined) return undefined;
    for (const oldest of this.kept.keys()) if (this.kept.size >= keptFlows) this.kept.delete(oldest);
    this.kept.set(flowId, read);
    return read;
  }

  forget(flowId: string): void {
    this.kept.delete(flowId);
  }
}
