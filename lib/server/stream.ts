import type { IncomingMessage, ServerResponse } from 'node:http';
import type { StreamProgress, StreamStatus } from '@/lib/api/stream';
import type { Event } from '@/lib/engine/event';
import { freezeMonitor } from '@/lib/monitor/frozen';
import type { Announcement, ExecutionStatus } from '@/lib/runner/ports';
import { findExecution, findStatus, lastEventId } from '@/lib/store/executions';
import { refuse } from './door';
import { firstPage, nextPage } from './history';
import { longHistory } from './outline';
import { shownEvent } from './redaction';
import { found } from './refusal';
import { send } from './reply';
import type { World } from './world';

const address = /^\/api\/v1\/executions\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/stream(?:\?|$)/i;

/** Bytes that may wait for a slow viewer; past that it gets nothing live and reads on from the database when it has caught up. */
const mostWaiting = 1024 * 1024;

const keepAliveEvery = 15_000;
const progressEvery = 250;

/** Serves `GET /api/v1/executions/{id}/stream` and answers true; leaves every other request alone and answers false. */
export async function handleStream(
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const executionId = address.exec(request.url ?? '')?.[1];
  if (executionId === undefined || request.method !== 'GET') return false;
  try {
    const status = found(await findStatus(world.store, executionId), `execution ${executionId}`);
    new Viewer(world, executionId, response, askedOf(request)).begin(status);
  } catch (error) {
    send(response, refuse(error));
  }
  return true;
}

interface Asked {
  /** The last event the viewer has: said by a browser that comes back, or in the address. */
  readonly cursor: number;
  /** In place of a long history from its beginning it takes the view that the history makes. */
  readonly outline: boolean;
}

function askedOf(request: IncomingMessage): Asked {
  const { searchParams } = new URL(request.url ?? '', 'http://localhost');
  const said = request.headers['last-event-id'];
  const cursor = Number(said ?? searchParams.get('after') ?? 0);
  return {
    cursor: Number.isInteger(cursor) && cursor >= 0 && cursor < 2 ** 31 ? cursor : 0,
    outline: searchParams.get('outline') === 'true',
  };
}

/**
 * One open stream. It listens first and reads then, and sends an event only if it is the next one after its cursor; so nothing is
 * missed and nothing comes twice, however reading and committing overlap.
 */
class Viewer {
  private readonly world: World;
  private readonly executionId: string;
  private readonly response: ServerResponse;
  private cursor: number;
  private status: ExecutionStatus = 'running';
  /** Events read at a time while it catches up. */
  private page = firstPage;
  private reading = false;
  private closed = false;
  private stop = () => {};
  private readonly takesOutline: boolean;
  private readonly gone = new AbortController();
  private toldProgress = 0;

  constructor(world: World, executionId: string, response: ServerResponse, { cursor, outline }: Asked) {
    this.world = world;
    this.executionId = executionId;
    this.response = response;
    this.cursor = cursor;
    this.takesOutline = outline;
  }

  begin(status: ExecutionStatus): void {
    this.status = status;
    this.response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    const unsubscribe = this.world.runner.subscribe(this.executionId, (said) => this.hear(said));
    const keepAlive = setInterval(() => this.response.write(': here\n\n'), keepAliveEvery);
    this.stop = () => {
      this.closed = true;
      this.gone.abort();
      unsubscribe();
      clearInterval(keepAlive);
    };
    this.response.on('close', () => this.stop());
    this.response.on('drain', () => void this.catchUp());
    this.tellStatus(false);
    void this.outline().then(() => this.catchUp());
  }

  /** A long history from its beginning is too much for a page: it gets the view that the history makes, and what comes after. */
  private async outline(): Promise<void> {
    if (this.cursor > 0 || !this.takesOutline) return;
    this.reading = true;
    const { store, outlines } = this.world;
    const { executionId } = this;
    try {
      const of = await lastEventId(store, executionId);
      const execution = of > longHistory ? await findExecution(store, executionId) : undefined;
      if (execution === undefined) return;
      const { definition, version } = execution;
      const progress = (read: number) => this.tellProgress({ read, of });
      const view = await outlines.of({ executionId, definition, version }, progress, this.gone.signal);
      this.cursor = view.summary.lastEvent;
      const frozen = JSON.stringify(freezeMonitor(view));
      this.response.write(`id: ${this.cursor}\nevent: outline\ndata: ${frozen}\n\n`);
    } catch {
      // The viewer has gone, or the database is away: the browser asks again.
      this.response.end();
    } finally {
      this.reading = false;
    }
  }

  private tellProgress(progress: StreamProgress): void {
    const now = Date.now();
    if (now - this.toldProgress < progressEvery) return;
    this.toldProgress = now;
    this.response.write(`event: progress\ndata: ${JSON.stringify(progress)}\n\n`);
  }

  private hear(said: Announcement): void {
    if (said.type === 'logs') {
      if (this.response.writableLength < mostWaiting) this.response.write(logMessage(said));
      return;
    }
    const before = this.status;
    this.status = said.status;
    const [first] = said.events;
    const last = said.events.at(-1);
    if (this.reading || this.response.writableLength >= mostWaiting) return;
    if (first === undefined || last === undefined || first.id !== this.cursor + 1) return void this.catchUp();
    this.response.write(historyMessage(said));
    this.cursor = last.id;
    this.settle(before);
  }

  /** Reads on from the database until there is nothing newer than the cursor; what is announced meanwhile is read too. */
  private async catchUp(): Promise<void> {
    if (this.reading || this.closed) return;
    this.reading = true;
    const before = this.status;
    try {
      while (!this.closed && this.response.writableLength < mostWaiting) {
        const events = await this.world.journal.read(this.executionId, this.cursor, this.page);
        const last = events.at(-1);
        if (last === undefined) break;
        const message = encode(events);
        this.page = nextPage(events.length, message.byteLength);
        this.response.write(message);
        this.cursor = last.id;
      }
      this.status = (await findStatus(this.world.store, this.executionId)) ?? this.status;
    } catch {
      // The database is away: end the stream, and the browser asks again from where it stands.
      this.response.end();
      return;
    } finally {
      this.reading = false;
    }
    this.settle(before);
    if (await this.isBehind()) await this.catchUp();
  }

  /** Whether something was committed after the last read and before listening would have shown it. */
  private async isBehind(): Promise<boolean> {
    if (this.closed || this.response.writableLength >= mostWaiting) return false;
    const newer = await this.world.journal.read(this.executionId, this.cursor, 1).catch(() => []);
    return newer.length > 0;
  }

  private settle(before: ExecutionStatus): void {
    if (this.closed || this.response.writableLength >= mostWaiting) return;
    if (this.status !== 'running') void this.finish();
    else if (before !== this.status) this.tellStatus(false);
  }

  /** The execution has ended: once nothing is left to send, the stream says so and closes. */
  private async finish(): Promise<void> {
    if (await this.isBehind()) return this.catchUp();
    if (this.closed || this.status === 'running') return;
    this.tellStatus(true);
    this.stop();
    this.response.end();
  }

  private tellStatus(final: boolean): void {
    const message: StreamStatus = { status: this.status, lastEvent: this.cursor, final };
    this.response.write(`event: status\ndata: ${JSON.stringify(message)}\n\n`);
  }
}

/** One announcement goes to many viewers and is encoded once. */
const encoded = new WeakMap<Announcement, Buffer>();

function historyMessage(said: Extract<Announcement, { type: 'events' }>): Buffer {
  let message = encoded.get(said);
  if (message === undefined) {
    message = encode(said.events);
    encoded.set(said, message);
  }
  return message;
}

function logMessage(said: Extract<Announcement, { type: 'logs' }>): Buffer {
  let message = encoded.get(said);
  if (message === undefined) {
    message = Buffer.from(`event: log\ndata: ${JSON.stringify(said.lines)}\n\n`);
    encoded.set(said, message);
  }
  return message;
}

function encode(events: readonly Event[]): Buffer {
  const id = events.at(-1)?.id ?? 0;
  return Buffer.from(`id: ${id}\nevent: history\ndata: ${JSON.stringify(events.map(shownEvent))}\n\n`);
}
