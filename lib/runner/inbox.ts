import type { News } from '@/lib/engine/arrival';
import type { Command } from '@/lib/engine/command';

/** Arrivals from our own side that wait for their execution to be in memory, in the order in which they came. */
export class Inbox {
  private readonly waiting = new Map<string, News[]>();

  keep(executionId: string, news: News): void {
    const waiting = this.waiting.get(executionId);
    if (waiting) waiting.push(news);
    else this.waiting.set(executionId, [news]);
  }

  /** Takes out what waits for an execution. */
  take(executionId: string): readonly News[] {
    const waiting = this.waiting.get(executionId) ?? [];
    this.waiting.delete(executionId);
    return waiting;
  }

  /** Whom something waits for. */
  executions(): readonly string[] {
    return [...this.waiting.keys()];
  }

  /** Throws away arrivals of one sort, whomever they are for. */
  drop(isUnwanted: (news: News) => boolean): void {
    for (const [executionId, waiting] of [...this.waiting]) {
      const kept = waiting.filter((news) => !isUnwanted(news));
      if (kept.length > 0) this.waiting.set(executionId, kept);
      else this.waiting.delete(executionId);
    }
  }
}

/** Whether the answer to a call waits already: then it is not called again. */
export function isAnswered(command: Command, waiting: readonly News[]): boolean {
  if (command.type !== 'callTask' || waiting.length === 0) return false;
  return waiting.some(
    (news) =>
      'attempt' in news &&
      news.type !== 'taskStarted' &&
      news.step === command.step &&
      news.attempt === command.attempt,
  );
}
