import { readFile } from 'node:fs/promises';
import type { LogLine } from '@/lib/runner/ports';
import { type Child, launch } from './launch';
import type { Source } from './source';

/** One call of a function, in texts only. */
export interface FunctionCall {
  readonly code: string;
  /** JSON. */
  readonly input: string;
  /** JSON. */
  readonly context: string;
  readonly milliseconds: number;
  readonly log: (level: LogLine['level'], text: string) => void;
  readonly signal: AbortSignal;
}

/** How a call ended. `output` is the text of a JSON value. */
export type Outcome =
  | { readonly kind: 'succeeded'; readonly output: string }
  | { readonly kind: 'failed'; readonly error: string; readonly cause: string };

type Level = LogLine['level'];
const levels: ReadonlySet<string> = new Set<Level>(['debug', 'info', 'warn', 'error']);

/** How long a process may take to start, and to be ready again after it has answered. */
const untilStarted = 30_000;
const untilReady = 2_000;
/** How often the memory of a running call is looked at. */
const lookEvery = 100;
/** What Node needs for itself, which is not the function's. */
const ownMegabytes = 128;
/** A line from the process; its longest answer, escaped twice, is shorter. */
const longestLine = 64 * 1024 * 1024;

interface Listeners {
  /** The process can take a call. */
  readonly onFree: (sandbox: Sandbox) => void;
  readonly onEnd: (sandbox: Sandbox) => void;
}

interface Running {
  readonly call: FunctionCall;
  readonly settle: (outcome: Outcome) => void;
}

/**
 * One process that runs functions, one call at a time.
 *
 * S1 Whatever goes wrong (time, memory, an aborted call, a process that dies or says what nobody understands) ends the process,
 *    and its call with an outcome that says so.
 * S2 A process that has answered takes no other call before it says that it is ready.
 */
export class Sandbox {
  readonly megabytes: number;
  calls = 0;
  private readonly child: Child;
  private readonly listeners: Listeners;
  private running: Running | undefined;
  private isStarted = false;
  private isEnded = false;
  private heard = '';
  private complaint = '';
  /** Ends the process when it takes too long for what it is at. */
  private clock: NodeJS.Timeout | undefined;
  private watch: NodeJS.Timeout | undefined;

  constructor(source: Source, megabytes: number, listeners: Listeners) {
    this.megabytes = megabytes;
    this.listeners = listeners;
    this.child = launch(source.process, megabytes);
    this.child.on('error', (error) => this.end(broken(`could not be started: ${error.message}`)));
    this.child.on('close', (code, signal) => this.end(this.death(code, signal)));
    // What is written to a process that has just ended is lost; its end says the rest.
    this.child.stdin.on('error', () => {});
    this.child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.complaint = `${this.complaint}${text}`.slice(0, 8_192);
    });
    this.child.stdout.setEncoding('utf8').on('data', (text: string) => this.hear(text));
    this.allow(untilStarted, broken('did not start in time'));
    this.write(source.realm);
  }

  run(call: FunctionCall): Promise<Outcome> {
    this.calls += 1;
    const { code, input, context, milliseconds, signal } = call;
    return new Promise((resolve) => {
      const abort = () => this.end(aborted);
      this.running = {
        call,
        settle: (outcome) => {
          signal.removeEventListener('abort', abort);
          clearInterval(this.watch);
          this.running = undefined;
          resolve(outcome);
        },
      };
      signal.addEventListener('abort', abort, { once: true });
      this.write({ code, input, context, milliseconds });
      this.watch = setInterval(() => void this.weigh(), lookEvery);
      if (this.isStarted) this.allow(milliseconds, late(milliseconds));
      if (signal.aborted) abort();
    });
  }

  /** Ends the process now, and the call that it is at. */
  end(outcome: Outcome): void {
    if (this.isEnded) return;
    this.isEnded = true;
    clearTimeout(this.clock);
    this.child.kill('SIGKILL');
    this.running?.settle(outcome);
    this.listeners.onEnd(this);
  }

  /** The server may end while the process lives, or waits for work. */
  close(): void {
    this.end(broken('was ended because the server stops'));
  }

  private allow(milliseconds: number, otherwise: Outcome): void {
    clearTimeout(this.clock);
    this.clock = setTimeout(() => this.end(otherwise), milliseconds);
  }

  private write(message: object | string): void {
    this.child.stdin.write(`${JSON.stringify(message)}\n`);
  }

  private hear(text: string): void {
    const lines = `${this.heard}${text}`.split('\n');
    this.heard = lines.pop() ?? '';
    for (const line of lines) this.understand(line);
    if (this.heard.length > longestLine) this.end(broken('said more than can be taken'));
  }

  private understand(line: string): void {
    if (this.isEnded) return;
    const [kind = '', text] = wordsOf(line);
    const { running } = this;
    if (text === undefined) this.end(broken('said something that nobody understands'));
    else if (kind === 'ready') this.ready();
    else if (running === undefined) return;
    else if (isLevel(kind)) running.call.log(kind, text);
    else this.settle(running, kind === 'succeeded' ? { kind, output: text } : failureIn(text));
  }

  private settle({ settle }: Running, outcome: Outcome): void {
    this.allow(untilReady, broken('was not ready again in time'));
    settle(outcome);
  }

  private ready(): void {
    clearTimeout(this.clock);
    const { running } = this;
    const begins = !this.isStarted;
    this.isStarted = true;
    if (running === undefined) this.listeners.onFree(this);
    else if (begins) this.allow(running.call.milliseconds, late(running.call.milliseconds));
  }

  /** The heap has its limit; what lies beside it, such as buffers, only shows in what the system counts for the process. */
  private async weigh(): Promise<void> {
    if (process.platform !== 'linux') return;
    try {
      const pages = Number((await readFile(`/proc/${this.child.pid}/statm`, 'latin1')).split(' ')[1]);
      if (this.running !== undefined && pages * 4_096 > (ownMegabytes + this.megabytes) * 1024 * 1024)
        this.end(tooLarge(this.megabytes));
    } catch {
      // It has just ended, which its own event tells.
    }
  }

  private death(code: number | null, signal: NodeJS.Signals | null): Outcome {
    if (/out of memory|allocation failed|heap limit/i.test(this.complaint)) return tooLarge(this.megabytes);
    return broken(`ended with ${signal ?? `code ${code}`}`);
  }
}

const aborted: Outcome = { kind: 'failed', error: 'Function.Aborted', cause: 'The call was cancelled.' };

function broken(what: string): Outcome {
  return { kind: 'failed', error: 'Function.Crashed', cause: `The process that ran the function ${what}.` };
}

function tooLarge(megabytes: number): Outcome {
  const cause = `The function needed more than ${megabytes} MB of memory. Let it hold less at a time, or raise memoryMegabytes.`;
  return { kind: 'failed', error: 'Function.OutOfMemory', cause };
}

function late(milliseconds: number): Outcome {
  const cause = `The function did not end within ${milliseconds / 1000} seconds.`;
  return { kind: 'failed', error: 'States.Timeout', cause };
}

/** A line is a word, a blank and a JSON text. */
function wordsOf(line: string): readonly [string, string] | readonly [] {
  const blank = line.indexOf(' ');
  try {
    const text: unknown = JSON.parse(line.slice(blank + 1));
    return typeof text === 'string' ? [line.slice(0, blank), text] : [];
  } catch {
    return [];
  }
}

/** The process made it of two texts; it is not trusted to have done so. */
function failureIn(text: string): Outcome {
  const { error, cause }: { error?: unknown; cause?: unknown } = Object(parsed(text));
  if (typeof error !== 'string' || typeof cause !== 'string')
    return broken('told of a failure that nobody understands');
  return { kind: 'failed', error, cause };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isLevel(kind: string): kind is Level {
  return levels.has(kind);
}
