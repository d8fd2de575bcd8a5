/**
 * Executions that are being deleted.
 *
 * G1 Nothing is written of an execution while it is deleted, so no history is left behind without it: what arrives meanwhile is
 *    dropped, as it would be a moment later.
 */
export class Departures {
  private readonly leaving = new Set<string>();

  has(executionId: string): boolean {
    return this.leaving.has(executionId);
  }

  /** Holds everything off from these executions while `remove` deletes them; those that leave already are left out. */
  async during<Result>(
    executionIds: readonly string[],
    remove: (executionIds: readonly string[]) => Promise<Result>,
  ): Promise<Result> {
    const ids = [...new Set(executionIds)].filter((id) => !this.leaving.has(id));
    for (const id of ids) this.leaving.add(id);
    try {
      return await remove(ids);
    } finally {
      for (const id of ids) this.leaving.delete(id);
    }
  }
}
