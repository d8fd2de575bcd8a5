import type { Event } from '@/lib/engine/event';
import type { ExecutionStatus } from './execution-status';
import type { LogLine } from './resources';
import { basePath } from './routes';

/**
 * The messages of an execution's event stream (server-sent events):
 * `history`: its `id` is the number of the last event in it, its data an array of events, in order, no gap, none twice.
 * `log`: its data is an array of lines. Lines said while a viewer was away are read from the logs.
 * `progress`: to who asks with `outline=true` for a long history from its beginning: how many of its events are in the view that is made of it.
 * `outline`: that view, up to the event that its `id` is; the history goes on after it.
 * `status`: the execution's status when the stream begins, and whenever it changes. After an ended status with
 * everything sent, the server closes the stream; a redrive is seen by opening it again.
 */
export type StreamHistory = readonly Event[];
type StreamLog = readonly Omit<LogLine, 'id'>[];
export interface StreamStatus {
  readonly status: ExecutionStatus;
  readonly lastEvent: number;
  /** True in the last message of a stream: everything was sent and the execution has ended. */
  readonly final: boolean;
}

export interface StreamProgress {
  readonly read: number;
  readonly of: number;
}

/** What else the view holds is lib/monitor's own: only the server that serves the page makes it. */
export interface StreamOutline {
  readonly summary: { readonly lastEvent: number };
  readonly steps: readonly { readonly id: number }[];
}

export interface StreamListener {
  readonly history: (events: StreamHistory) => void;
  readonly progress: (progress: StreamProgress) => void;
  readonly outline: (view: StreamOutline) => void;
  readonly log: (lines: StreamLog) => void;
  readonly status: (status: StreamStatus) => void;
  /** Called with false when the connection broke, and with true when it stands (again). */
  readonly connected: (connected: boolean) => void;
}

/** Where the stream of an execution is, from after an event. */
function streamPath(executionId: string, after: number): string {
  return `${basePath}/executions/${encodeURIComponent(executionId)}/stream?outline=true&after=${after}`;
}

/** How long to wait before asking again when the server answered, but with no stream. */
const patience = 2000;

/**
 * Follows an execution in the browser from after event `after`, over broken connections and restarts of the server,
 * until it has ended or the returned function is called. The browser resumes a broken connection by itself, with the
 * id of the last event it saw; it gives up when it is answered with an error, and then we ask again.
 */
export function openStream(executionId: string, after: number, listener: StreamListener): () => void {
  let last = after;
  let source = open();
  let again: ReturnType<typeof setTimeout> | undefined;

  function open(): EventSource {
    const opened = new EventSource(streamPath(executionId, last));
    opened.addEventListener('open', () => listener.connected(true));
    opened.addEventListener('error', () => {
      listener.connected(false);
      if (opened.readyState === EventSource.CLOSED) again = setTimeout(() => (source = open()), patience);
    });
    opened.addEventListener('history', (message) => {
      const events = dataOf<StreamHistory>(message);
      last = events.at(-1)?.id ?? last;
      listener.history(events);
    });
    opened.addEventListener('progress', (message) => listener.progress(dataOf<StreamProgress>(message)));
    opened.addEventListener('outline', (message) => {
      const view = dataOf<StreamOutline>(message);
      last = view.summary.lastEvent;
      listener.outline(view);
    });
    opened.addEventListener('log', (message) => listener.log(dataOf<StreamLog>(message)));
    opened.addEventListener('status', (message) => {
      const status = dataOf<StreamStatus>(message);
      if (status.final) opened.close();
      listener.status(status);
    });
    return opened;
  }

  return () => {
    clearTimeout(again);
    source.close();
  };
}

/** What a message holds: the server that served this page wrote it from the same types. */
function dataOf<Data>({ data }: MessageEvent<string>): Data {
  return JSON.parse(data);
}
