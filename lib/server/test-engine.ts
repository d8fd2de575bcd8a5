import { setTimeout as pause } from 'node:timers/promises';
import type { Event } from '@/lib/engine/event';
import type { Json } from '@/lib/expression/json';
import type { Committed, Turn } from '@/lib/runner/journal-port';
import type { Limits, Runner, StartRequest, TaskCall, TaskKind, TaskResult } from '@/lib/runner/ports';
import { openRunner } from '@/lib/runner/runner';
import { openStore, type Store } from '@/lib/store/client';
import { postgresJournal } from '@/lib/store/journal';
import { LogLines } from '@/lib/store/log-lines';
import type { TestDatabase } from '@/lib/store/test-database';
import { storedVersions } from '@/lib/store/versions';

/** A call that a test has in its hands. */
export interface OpenCall extends TaskCall {
  readonly answer: (result: TaskResult) => void;
  /** The kind itself breaks. */
  readonly breaks: (thrown: Error) => void;
}

/** An engine on a real database whose only task, `test:call`, answers when the test says so. */
export class TestEngine {
  /** Calls that have not been answered, in the order in which they came. */
  readonly open: OpenCall[] = [];
  /** The most calls that were open at once. */
  most = 0;
  readonly runner: Runner;
  readonly store: Store;
  /** So many of the next commits are written, and the engine does not hear of it. */
  lostAnswers = 0;
  private readonly journal;
  private readonly logs: LogLines;
  private closed: Promise<void> | undefined;

  private constructor(database: TestDatabase, limits: Limits | undefined) {
    this.journal = postgresJournal(database.url);
    this.store = openStore(database.url);
    this.logs = new LogLines(database.url);
    this.runner = openRunner({
      journal: { ...this.journal, commit: (turns) => this.commit(turns) },
      versions: storedVersions(this.store),
      tasks: { find: (resource) => (resource === kind.resource ? kind : undefined) },
      logs: this.logs,
      ...(limits && { limits }),
      onDefect: (_, defect) => {
        throw defect;
      },
    });
    const kind: TaskKind = {
      resource: 'test:call',
      parse: (value) => ({ ok: true, value }),
      call: (call) => this.take(call),
    };
  }

  static async open(database: TestDatabase, limits?: Limits): Promise<TestEngine> {
    const engine = new TestEngine(database, limits);
    await until(() => engine.runner.ready());
    return engine;
  }

  async start(request: Omit<StartRequest, 'flowName' | 'version' | 'input'> & { readonly input?: Json }) {
    const { executionId } = await this.runner.start({ flowName: 'test', version: 1, input: {}, ...request });
    return executionId;
  }

  /** At most 1,000 of them. */
  events(executionId: string, after = 0): Promise<readonly Event[]> {
    return this.journal.read(executionId, after, 1_000);
  }

  async types(executionId: string): Promise<readonly string[]> {
    return (await this.events(executionId)).map(({ type }) => type);
  }

  /** Answers the call that has been open for the longest, once there is one. */
  async answerOne(output: Json = null): Promise<OpenCall> {
    await until(() => this.open.length > 0);
    const [call] = this.open;
    if (!call) throw new Error('a call was open a moment ago');
    call.answer({ kind: 'succeeded', output });
    return call;
  }

  /** What a crash would leave: nothing is written any more. Closing again changes nothing. */
  close(): Promise<void> {
    this.closed ??= this.runner
      .close()
      .then(() => this.logs.close())
      .then(() => this.store.close());
    return this.closed;
  }

  private async commit(turns: readonly Turn[]): Promise<Committed> {
    const outcome = await this.journal.commit(turns);
    if (this.lostAnswers === 0) return outcome;
    this.lostAnswers -= 1;
    throw new Error('the connection broke when the commit was done');
  }

  private take(call: TaskCall): Promise<TaskResult> {
    return new Promise((resolve, reject) => {
      const close = () => {
        const at = this.open.indexOf(opened);
        if (at >= 0) this.open.splice(at, 1);
      };
      const leave = (result: TaskResult) => {
        close();
        resolve(result);
      };
      const breaks = (thrown: Error) => {
        close();
        reject(thrown);
      };
      const opened: OpenCall = Object.assign(Object.create(call), { answer: leave, breaks });
      this.open.push(opened);
      this.most = Math.max(this.most, this.open.length);
      call.signal.addEventListener('abort', () =>
        leave({ kind: 'failed', error: 'Aborted', cause: 'nobody waits for it' }),
      );
    });
  }
}

/** Waits for a fact; fails where it does not come about. */
export async function until(fact: () => boolean | Promise<boolean>, within = 20_000): Promise<void> {
  for (const deadline = Date.now() + within; Date.now() < deadline; ) {
    if (await fact()) return;
    await pause(10);
  }
  throw new Error(`what the test waits for did not come about: ${fact}`);
}
