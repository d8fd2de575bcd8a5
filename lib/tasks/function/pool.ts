import { availableParallelism } from 'node:os';
import { type FunctionCall, type Outcome, Sandbox } from './sandbox';
import { readSource, type Source } from './source';

interface Waiting {
  readonly call: FunctionCall;
  readonly megabytes: number;
  readonly resolve: (outcome: Outcome) => void;
}

export interface PoolOptions {
  /** Processes at the same time; calls beyond that wait for their turn. */
  readonly most?: number;
  /** Milliseconds after which a process that nobody needed ends. */
  readonly idle?: number;
}

/** A process that has run this many functions makes room for a new one, whatever they have left behind. */
const mostCalls = 5_000;

/**
 * The processes that functions run in. One stays for a while after its call, so that the next call finds it warm.
 *
 * S3 A process has the memory limit that it was started with, and takes calls of that limit only.
 * S4 Calls get their turn in the order in which they came.
 */
export class Pool {
  private readonly most: number;
  private readonly idle: number;
  private readonly all = new Set<Sandbox>();
  /** The one that was used last comes first: the others may end. */
  private readonly free = new Map<Sandbox, NodeJS.Timeout>();
  private readonly waiting: Waiting[] = [];
  private source: Source | undefined;
  private isClosed = false;

  constructor({ most = Math.max(4, 2 * availableParallelism()), idle = 60_000 }: PoolOptions = {}) {
    this.most = most;
    this.idle = idle;
  }

  /** How many processes there are. */
  get size(): number {
    return this.all.size;
  }

  run(call: FunctionCall, megabytes: number): Promise<Outcome> {
    return new Promise((resolve) => {
      const waiting = { call, megabytes, resolve };
      this.waiting.push(waiting);
      call.signal.addEventListener('abort', () => this.forget(waiting), { once: true });
      this.next();
    });
  }

  close(): void {
    this.isClosed = true;
    for (const { resolve } of this.waiting.splice(0)) resolve(stopping);
    for (const sandbox of [...this.all]) sandbox.close();
  }

  private forget(waiting: Waiting): void {
    const at = this.waiting.indexOf(waiting);
    if (at === -1) return;
    this.waiting.splice(at, 1);
    waiting.resolve({
      kind: 'failed',
      error: 'Function.Aborted',
      cause: 'The call was cancelled before its turn came.',
    });
  }

  private next(): void {
    for (;;) {
      const [first] = this.waiting;
      if (first === undefined || this.isClosed) return;
      const sandbox = this.take(first.megabytes);
      if (sandbox === undefined) return;
      this.waiting.shift();
      void sandbox.run(first.call).then(first.resolve);
    }
  }

  /** A process for a call: a warm one, else a new one, else a new one in the place of one that waits with another limit. */
  private take(megabytes: number): Sandbox | undefined {
    const warm = [...this.free.keys()].reverse();
    const fitting = warm.find((sandbox) => sandbox.megabytes === megabytes);
    if (fitting !== undefined) {
      clearTimeout(this.free.get(fitting));
      this.free.delete(fitting);
      return fitting;
    }
    if (this.all.size >= this.most) {
      const [oldest] = this.free.keys();
      if (oldest === undefined) return undefined;
      oldest.close();
    }
    return this.start(megabytes);
  }

  private start(megabytes: number): Sandbox {
    this.source ??= readSource();
    const sandbox = new Sandbox(this.source, megabytes, {
      onFree: (one) => this.putBack(one),
      onEnd: (one) => this.remove(one),
    });
    this.all.add(sandbox);
    return sandbox;
  }

  private putBack(sandbox: Sandbox): void {
    if (sandbox.calls >= mostCalls) sandbox.close();
    else {
      this.free.set(
        sandbox,
        setTimeout(() => sandbox.close(), this.idle),
      );
      this.next();
    }
  }

  private remove(sandbox: Sandbox): void {
    clearTimeout(this.free.get(sandbox));
    this.free.delete(sandbox);
    this.all.delete(sandbox);
    this.next();
  }
}

const stopping: Outcome = { kind: 'failed', error: 'Function.Aborted', cause: 'The server stops.' };
