import type { Json } from '@/lib/expression/json';
import { take } from '@/lib/monitor/fold';
import { type Monitor, newMonitor } from '@/lib/monitor/monitor';
import type { Journal } from '@/lib/runner/journal-port';
import { firstPage, nextPage } from './history';
import { shownEvent } from './redaction';

/** A history with more events than this is not sent to a page: its view is. */
export const longHistory = 50_000;

/** Views that are kept, so that who opens the page again need not wait. */
const keptViews = 4;

interface Kept {
  readonly monitor: Monitor;
  /** Reads on, one reader at a time. */
  reading: Promise<void>;
}

/**
 * The lean views (M14) of long histories. Each is folded page by page, the event loop free in between, and read on from where it
 * stands when it is asked for again.
 */
export class Outlines {
  private readonly journal: Pick<Journal, 'read'>;
  private readonly views = new Map<string, Kept>();

  constructor(journal: Pick<Journal, 'read'>) {
    this.journal = journal;
  }

  /**
   * The view up to the newest event at the time of the call; `progress` is told how many events are in it so far. It goes on
   * changing when somebody else asks: use it before the next await. Rejects when the journal cannot be read, or `signal` is aborted.
   */
  async of(
    { executionId, definition, version }: { executionId: string; definition: Json; version: number },
    progress: (read: number) => void,
    signal: AbortSignal,
  ): Promise<Monitor> {
    const name = `${executionId} ${version}`;
    const kept = this.views.get(name) ?? {
      monitor: newMonitor(definition, { isLean: true }),
      reading: Promise.resolve(),
    };
    this.views.delete(name);
    this.views.set(name, kept);
    for (const oldest of this.views.keys()) if (this.views.size > keptViews) this.views.delete(oldest);
    const before = kept.reading;
    kept.reading = before.then(() => this.readOn(executionId, kept.monitor, progress, signal));
    const mine = kept.reading;
    // The next reader goes on where this one stopped, for whatever reason.
    kept.reading = mine.catch(() => {});
    await mine;
    return kept.monitor;
  }

  private async readOn(
    executionId: string,
    monitor: Monitor,
    progress: (read: number) => void,
    signal: AbortSignal,
  ): Promise<void> {
    for (let page = firstPage; ; ) {
      signal.throwIfAborted();
      const { lastEvent } = monitor.summary;
      progress(lastEvent);
      const events = await this.journal.read(executionId, lastEvent, page);
      if (events.length === 0) return;
      take(monitor, events.map(shownEvent));
      page = nextPage(events.length, JSON.stringify(events).length);
    }
  }
}
