import { setImmediate as othersHaveTheirTurn } from 'node:timers/promises';
import type { Json } from '@/lib/expression/json';
import { take } from '@/lib/monitor/fold';
import { type Monitor, newMonitor } from '@/lib/monitor/monitor';
import type { Journal } from '@/lib/runner/journal-port';
import { firstPage, nextPage } from './history';
import { eventsBetween, type KeptOutlines, nowhere, type Place, type View } from './kept-outlines';
import { shownEvent } from './redaction';

/** A history with more events than this is not sent to a page: its view is. */
export const longHistory = 50_000;

/** Views that are in memory, so that who opens the page again need not wait. */
const viewsInMemory = 4;

interface Asked extends View {
  readonly definition: Json;
}

/** A view in memory. */
interface Known {
  /** Undefined until the first reader has looked for what is kept of it. */
  monitor: Monitor | undefined;
  /** Where it is kept. */
  place: Place;
  /** An event could not be folded: what came of it is not to be kept. */
  isBroken: boolean;
  /** Reads on, one reader at a time. */
  reading: Promise<void>;
}

/**
 * The lean views (M14) of long histories. Each is folded page by page, the event loop free in between, and read on from where it
 * stands when it is asked for again, or, after a restart, from where it is kept (A10).
 */
export class Outlines {
  private readonly journal: Pick<Journal, 'read'>;
  private readonly kept: KeptOutlines;
  private readonly views = new Map<string, Known>();

  constructor(journal: Pick<Journal, 'read'>, kept: KeptOutlines) {
    this.journal = journal;
    this.kept = kept;
  }

  /**
   * The view up to the newest event at the time of the call; `progress` is told how many events are in it so far. It goes on
   * changing when somebody else asks: use it before the next await. Rejects when the journal cannot be read, or `signal` is aborted.
   */
  async of(asked: Asked, progress: (read: number) => void, signal: AbortSignal): Promise<Monitor> {
    const known = this.known(`${asked.executionId} ${asked.version}`);
    const mine = known.reading.then(() => this.readOn(asked, known, progress, signal));
    // The next reader goes on where this one stopped, for whatever reason.
    known.reading = mine.then(
      () => this.keepAtTheEnd(asked, known),
      () => this.keepAtTheEnd(asked, known),
    );
    return await mine;
  }

  /** Once the readers are through, or the journal is closed to them: what they have read is kept, and nothing after that. */
  async close(): Promise<void> {
    await Promise.all([...this.views.values()].map(({ reading }) => reading));
    await this.kept.close();
  }

  private known(name: string): Known {
    const known = this.views.get(name) ?? {
      monitor: undefined,
      place: nowhere,
      isBroken: false,
      reading: Promise.resolve(),
    };
    this.views.delete(name);
    this.views.set(name, known);
    for (const oldest of this.views.keys()) if (this.views.size > viewsInMemory) this.views.delete(oldest);
    return known;
  }

  private async readOn(
    asked: Asked,
    known: Known,
    progress: (read: number) => void,
    signal: AbortSignal,
  ): Promise<Monitor> {
    signal.throwIfAborted();
    const monitor = await this.begun(asked, known);
    for (let page = firstPage; ; ) {
      signal.throwIfAborted();
      const { lastEvent } = monitor.summary;
      progress(lastEvent);
      const events = await this.journal.read(asked.executionId, lastEvent, page);
      if (events.length === 0) return monitor;
      try {
        take(monitor, events.map(shownEvent));
      } catch (defect) {
        known.isBroken = true;
        throw defect;
      }
      await this.keep(asked, known, eventsBetween.reading);
      page = nextPage(events.length, JSON.stringify(events).length);
    }
  }

  private async begun(asked: Asked, known: Known): Promise<Monitor> {
    if (known.monitor !== undefined) return known.monitor;
    const kept = await this.kept.find(asked, asked.definition);
    known.monitor = kept?.monitor ?? newMonitor(asked.definition, { isLean: true });
    known.place = kept?.place ?? nowhere;
    return known.monitor;
  }

  /** Who has asked uses the view first; the next reader goes on when it is frozen, and does not wait until it is written. */
  private async keepAtTheEnd(view: View, known: Known): Promise<void> {
    await othersHaveTheirTurn();
    await this.keep(view, known, eventsBetween.ended);
  }

  private async keep(view: View, known: Known, least: number): Promise<void> {
    const { monitor, place, isBroken } = known;
    if (monitor !== undefined && !isBroken)
      known.place = await this.kept.keep(view, { monitor, place, least });
  }
}
