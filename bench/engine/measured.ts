import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { Client } from 'pg';
import { openTestDatabase, saveTestFlow, type TestDatabase } from '@/lib/store/test-database';
import { type Shape, shapeOfOne } from './bare-store';
import { flows } from './flows';
import { builtHost } from './program';
import type { Answers, Request } from './protocol';

/** A database of the benchmark's own and the processes that run on it, one at a time. */
export class Measured {
  private readonly database: TestDatabase;
  private readonly versions: string;
  private readonly program: string;
  private child: ChildProcess | undefined;

  private constructor(database: TestDatabase, versions: string, program: string) {
    this.database = database;
    this.versions = versions;
    this.program = program;
  }

  static async open(): Promise<Measured> {
    const database = await openTestDatabase();
    const versions: Record<string, unknown> = {};
    for (const [name, definition] of Object.entries(flows))
      versions[name] = await saveTestFlow(database, name, definition);
    return new Measured(database, JSON.stringify(versions), await builtHost());
  }

  /** Starts the engine; resolves once it takes work. */
  async start(): Promise<void> {
    this.child = spawn(process.execPath, ['--expose-gc', this.program, this.database.url, this.versions], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    await this.answer(this.child);
  }

  async ask<Work extends Request['work']>(request: Extract<Request, { work: Work }>): Promise<Answers[Work]> {
    const child = this.child;
    if (!child) throw new Error(`nothing runs that could do "${request.work}"`);
    const answer = this.answer(child);
    child.send(request);
    // host.ts answers each work with the figures that `Answers` names.
    return (await answer) as Answers[Work];
  }

  /** How often PostgreSQL has brought its log to disk so far. */
  async fsyncs(): Promise<number> {
    const [row] = await this.database.sql<{ fsyncs: number }>(
      `SELECT sum(fsyncs)::int AS fsyncs FROM pg_stat_io WHERE object = 'wal'`,
    );
    return row?.fsyncs ?? Number.NaN;
  }

  /** The events of an execution of ten steps that has succeeded, by the commits that they were in. */
  async shapeOfOne(): Promise<Shape> {
    return shapeOfOne(this.database);
  }

  /** How long commits of one row of a step's size take, one after the other, milliseconds each. */
  async bareCommits(count = 500): Promise<readonly number[]> {
    const client = new Client({ connectionString: this.database.url, options: '-c synchronous_commit=on' });
    await client.connect();
    await client.query('CREATE TABLE bare (id int PRIMARY KEY, events text)');
    const events = 'x'.repeat(420);
    const times: number[] = [];
    for (let id = 0; id < count; id += 1) {
      const at = performance.now();
      await client.query({ name: 'bare', text: 'INSERT INTO bare VALUES ($1, $2)', values: [id, events] });
      times.push(performance.now() - at);
    }
    await client.query('DROP TABLE bare');
    await client.end();
    return times;
  }

  /** Ends the engine as a crash would. */
  async kill(): Promise<void> {
    const child = this.child;
    if (!child) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
    this.child = undefined;
  }

  async close(): Promise<void> {
    await this.kill();
    await this.database.close();
    rmSync(dirname(this.program), { recursive: true });
  }

  private answer(child: ChildProcess): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const died = (code: number | null) => reject(new Error(`the measured process ended with ${code}`));
      child.once('exit', died);
      child.once('message', (said: { answer?: unknown; failed?: string }) => {
        child.off('exit', died);
        if (said.failed === undefined) resolve(said.answer);
        else reject(new Error(said.failed));
      });
    });
  }
}
