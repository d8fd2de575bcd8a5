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

/** Whether the answer to a call, or to a job of a Map, waits already: then it is not begun again. */
export function isAnswered(command: Command, waiting: readonly News[]): boolean {
  if (waiting.length === 0) return false;
  switch (command.type) {
    case 'callTask':
      return waiting.some((news) => isOf(news, command) && news.type !== 'taskStarted');
    case 'readItems':
      return waiting.some(
        (news) =>
          isOf(news, command) &&
          (news.type === 'mapTaskFailed' || (news.type === 'itemsRead' && news.from === command.from)),
      );
    case 'writeResults':
      return waiting.some(
        (news) =>
          isOf(news, command) &&
          (news.type === 'mapTaskFailed' ||
            (news.type === 'resultsWritten' && (news.part ?? 0) === command.part)),
      );
    default:
      return false;
  }
}

function isOf(news: News, { step, attempt }: { readonly step: number; readonly attempt: number }): boolean {
  return 'attempt' in news && news.step === step && news.attempt === attempt;
}
