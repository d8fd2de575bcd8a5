import type { Json } from '@/lib/expression/json';
import { freezeText, frozenFormat, thawText } from '@/lib/monitor/frozen-text';
import type { Monitor } from '@/lib/monitor/monitor';
import type { Outline, OutlineOf } from '@/lib/store/outlines';
import { inSlices } from './slices';

/** Which view: of which execution, folded for which version of its flow. */
export interface View {
  readonly executionId: string;
  readonly version: number;
}

/** Where views are kept over a restart: one of each execution. */
export interface OutlineRows {
  find(of: OutlineOf): Promise<string | undefined>;
  /** Takes the place of the one before; nothing is written of an execution that is gone. */
  keep(outline: Outline): Promise<void>;
}

/** Up to which event a view is kept, and how many characters that takes. */
export interface Place {
  readonly lastEvent: number;
  readonly length: number;
}

/** Of a view that is not kept. */
export const nowhere: Place = { lastEvent: 0, length: 0 };

/**
 * While a history is read, its view is kept every so many events: they are read in a second, about, and that much is lost at most
 * when the server ends meanwhile. When the reading ends, a page of events makes it worth it.
 */
export const eventsBetween = { reading: 50_000, ended: 1_000 };

/**
 * A view may take as much room as the events since it was last kept, about: then freezing it takes a tenth of the time that reading
 * them took, at most, however large it is. (Reading and folding an event takes some 15 µs, freezing a character some 20 ns.)
 */
const charactersPerEvent = 50;

/**
 * A view with more characters is not kept. Of 1,000,000 events of a distributed Map the view has 0.1 million where all goes well,
 * and about 1,000 more for each iteration that failed; large values make it larger.
 */
const mostCharacters = 8 * 1024 * 1024;

/**
 * A10 The view of a long history is kept beside the journal, and after a restart it is read on from there. The journal alone counts:
 *     what cannot be kept or read is told, the view is folded without it, and nobody who looks waits for it to be written.
 */
export class KeptOutlines {
  private readonly rows: OutlineRows;
  private readonly failed: (executionId: string, error: unknown) => void;
  /** The newest view of each execution that is to be written. */
  private readonly waiting = new Map<string, Outline>();
  private writing: Promise<void> | undefined;
  private closed = false;

  constructor(rows: OutlineRows, failed: (executionId: string, error: unknown) => void) {
    this.rows = rows;
    this.failed = failed;
  }

  /** The view as it was kept; undefined where none is. */
  async find(view: View, definition: Json): Promise<{ monitor: Monitor; place: Place } | undefined> {
    const { executionId, version } = view;
    try {
      const text = await this.rows.find({ executionId, version, format: frozenFormat });
      if (text === undefined) return undefined;
      const monitor = await inSlices(thawText(definition, text));
      return { monitor, place: { lastEvent: monitor.summary.lastEvent, length: text.length } };
    } catch (error) {
      this.failed(executionId, error);
      return undefined;
    }
  }

  /**
   * Keeps a view that has `least` events more than the one in its place, where that is worth its room, and returns its new place; it is
   * written later. The view must not change until this has resolved.
   */
  async keep(
    view: View,
    { monitor, place, least }: { readonly monitor: Monitor; readonly place: Place; readonly least: number },
  ): Promise<Place> {
    const { lastEvent } = monitor.summary;
    const since = lastEvent - place.lastEvent;
    if (since < least || since * charactersPerEvent < place.length) return place;
    try {
      const text = await inSlices(freezeText(monitor, mostCharacters));
      if (text !== undefined) {
        const { executionId, version } = view;
        this.write({ executionId, version, format: frozenFormat, lastEvent, view: text });
        return { lastEvent, length: text.length };
      }
    } catch (error) {
      this.failed(view.executionId, error);
    }
    // It is tried again after as many events as if it had been kept.
    return { lastEvent, length: mostCharacters };
  }

  /** Resolves when nothing waits to be written. */
  async written(): Promise<void> {
    while (this.writing !== undefined) await this.writing;
  }

  /** Writes what waits, and nothing after that. */
  async close(): Promise<void> {
    this.closed = true;
    await this.written();
  }

  private write(outline: Outline): void {
    if (this.closed) return;
    this.waiting.set(outline.executionId, outline);
    this.writing ??= this.writeAll();
  }

  /** One at a time: where the database is slow, the older ones of an execution are left out. */
  private async writeAll(): Promise<void> {
    for (const [executionId, outline] of this.waiting) {
      this.waiting.delete(executionId);
      await this.rows.keep(outline).catch((error: unknown) => this.failed(executionId, error));
    }
    this.writing = undefined;
  }
}
