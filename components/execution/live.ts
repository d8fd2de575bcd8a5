import { client } from '@/components/shell/client';
import {
  openStream,
  type StreamHistory,
  type StreamOutline,
  type StreamProgress,
  type StreamStatus,
} from '@/lib/api/stream';
import type { Json } from '@/lib/expression/json';
import { take } from '@/lib/monitor/fold';
import { type FrozenMonitor, thawMonitor } from '@/lib/monitor/frozen';
import { type Monitor, newMonitor } from '@/lib/monitor/monitor';

export type Event = StreamHistory[number];

const earlierEvents = 1_000;

/** What one may listen to: the execution itself, its list of steps or events, its log lines, one step, one state. */
export type Topic = 'execution' | 'steps' | 'logs' | 'connection' | `step ${number}` | `state ${string}`;

export interface LiveLine {
  readonly step: number;
  readonly attempt: number;
  readonly at: number;
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly text: string;
}

/** `reading`: the history up to now is on its way. `final`: the execution has ended and everything was read. */
export type Connection = 'reading' | 'live' | 'broken' | 'final';

/**
 * One execution as it happens: the stream's events are gathered for one frame, folded into the monitor, and told to
 * those who listen to what has changed. Lives as long as its page.
 */
export class Live {
  monitor: Monitor;
  /** The raw history, in order, without gaps; grows in place. Of a long one only what was read so far, the newest at least. */
  readonly events: Event[] = [];
  /** How far the server is with the view of a long history; undefined where there is nothing to wait for. */
  progress: StreamProgress | undefined;
  /** Lines that were said since the page was opened, by step. */
  readonly lines = new Map<number, readonly LiveLine[]>();
  connection: Connection = 'reading';
  readonly #executionId: string;
  readonly #definition: Json;
  readonly #listeners = new Map<Topic, Set<() => void>>();
  readonly #versions = new Map<Topic, number>();
  #arrived: Event[] = [];
  #status: StreamStatus | undefined;
  #frame: ReturnType<typeof setTimeout> | undefined;
  #close: (() => void) | undefined;

  constructor(executionId: string, definition: Json) {
    this.#executionId = executionId;
    this.#definition = definition;
    this.monitor = newMonitor(definition);
  }

  /** Opens the stream from where the view stands; again after it ended, when the execution goes on. */
  open(): void {
    this.#close?.();
    this.#status = undefined;
    this.#connect('reading');
    this.#close = openStream(this.#executionId, this.monitor.summary.lastEvent, {
      history: (events) => {
        this.#arrived.push(...events);
        this.#gather();
      },
      progress: (progress) => {
        this.progress = progress;
        this.#tell('connection');
      },
      outline: (view) => this.#replace(view),
      log: (lines) => this.#hear(lines),
      status: (status) => {
        this.#status = status;
        this.#gather();
      },
      connected: (connected) => this.#connect(connected ? this.#progress() : 'broken'),
    });
  }

  close(): void {
    this.#close?.();
    clearTimeout(this.#frame);
  }

  /** Calls the listener after each change of the topic, until the returned function is called. */
  subscribe(topic: Topic, listener: () => void): () => void {
    const listeners = this.#listeners.get(topic) ?? new Set();
    this.#listeners.set(topic, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  /** A number that is another after each change of the topic. */
  version(topic: Topic): number {
    return this.#versions.get(topic) ?? 0;
  }

  /** Of a long history: reads up to 1,000 events before those that are there. Rejects with what the server refused. */
  async readEarlier(): Promise<void> {
    const first = this.events[0]?.id ?? this.monitor.summary.lastEvent + 1;
    const after = Math.max(0, first - 1 - earlierEvents);
    const { items } = await client.listEvents({
      params: { executionId: this.#executionId },
      query: { after, limit: first - 1 - after },
    });
    if ((this.events[0]?.id ?? this.monitor.summary.lastEvent + 1) !== first) return;
    this.events.unshift(...items);
    this.#tell('steps');
  }

  /** How many events there are before those that were read. */
  earlier(): number {
    return (this.events[0]?.id ?? this.monitor.summary.lastEvent + 1) - 1;
  }

  /** The view of a long history has come: it takes the place of what there was. */
  #replace(view: StreamOutline): void {
    // The stream says where it comes from, and that its events go on after it.
    this.monitor = thawMonitor(this.#definition, view as unknown as FrozenMonitor);
    this.progress = undefined;
    this.#arrived = [];
    this.events.length = 0;
    for (const topic of [...this.#listeners.keys()]) this.#tell(topic);
    this.#gather();
  }

  /** Folds at most once a frame, also in a page that is not looked at (which gets no frames). */
  #gather(): void {
    this.#frame ??= setTimeout(() => {
      this.#frame = undefined;
      this.#fold();
    }, 16);
  }

  #fold(): void {
    const arrived = this.#arrived;
    this.#arrived = [];
    const { lastEvent } = this.monitor.summary;
    // The stream promises no gaps; should there be one all the same, it is read again rather than shown.
    if ((arrived[0]?.id ?? 0) > lastEvent + 1) {
      this.open();
      return;
    }
    const { steps, states } = take(this.monitor, arrived);
    for (const event of arrived) if (event.id > lastEvent) this.events.push(event);
    for (const id of steps) this.#tell(`step ${id}`);
    for (const pointer of states) this.#tell(`state ${pointer}`);
    if (arrived.length > 0) {
      this.#tell('steps');
      this.#tell('execution');
    }
    this.#connect(this.#progress());
  }

  #progress(): Connection {
    if (this.#status === undefined || this.#status.lastEvent > this.monitor.summary.lastEvent)
      return 'reading';
    return this.#status.final ? 'final' : 'live';
  }

  #hear(lines: readonly LiveLine[]): void {
    for (const line of lines) this.lines.set(line.step, [...(this.lines.get(line.step) ?? []), line]);
    this.#tell('logs');
  }

  #connect(connection: Connection): void {
    if (this.connection === connection) return;
    this.connection = connection;
    this.#tell('connection');
  }

  #tell(topic: Topic): void {
    this.#versions.set(topic, this.version(topic) + 1);
    for (const listener of this.#listeners.get(topic) ?? []) listener();
  }
}
