import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { openTestDatabase, saveTestFlow, type TestDatabase } from '@/lib/store/test-database';
import { prepare } from './files';
import { childDefinition, definition } from './flow';
import { faults } from './verify';

export interface CrashTest {
  readonly executions: number;
  readonly kills: number;
  /** Chooses what is killed and when. */
  readonly seed: number;
  readonly tell: (text: string) => void;
}

const engineProgram = fileURLToPath(new URL('engine.ts', import.meta.url));
const patienceMs = 120_000;

/** Runs executions, kills the engine, PostgreSQL or its connections again and again, and returns what does not hold afterwards. */
export async function crashTest({ executions, kills, seed, tell }: CrashTest): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-crash-'));
  prepare(folder);
  const database = await openTestDatabase();
  try {
    const flow = await saveTestFlow(database, 'crash test', definition);
    const child = await saveTestFlow(database, 'crash test child', childDefinition);
    const flows = [flow.flowId, flow.versionId, child.flowId, child.versionId];
    const engine = new Engine([database.url, folder, String(executions), ...flows], tell);
    await engine.start();
    const next = dice(seed);
    for (let kill = 0; kill < kills && !engine.done(); kill += 1) {
      await pause(50 + next(450));
      const victim = (['engine', 'engine', 'postgres', 'connection'] as const)[next(4)] ?? 'engine';
      tell(`${kill + 1}: ${victim}`);
      await strike(victim, engine, database);
    }
    const problems = await engine.finished(patienceMs);
    return [...problems, ...(await faults(database, folder, executions))];
  } finally {
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function strike(
  victim: 'engine' | 'postgres' | 'connection',
  engine: Engine,
  database: TestDatabase,
): Promise<void> {
  if (victim === 'engine') return engine.crash();
  if (victim === 'postgres') return database.crash();
  // PostgreSQL may still be starting after an earlier strike: then its connections are cut already.
  await database
    .sql(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'millrace%'`)
    .catch(() => {});
}

/** The engine's process, over as many lives as it is given. */
class Engine {
  private readonly args: readonly string[];
  private readonly tell: (text: string) => void;
  private readonly problems: string[] = [];
  private child: ChildProcess | undefined;
  private over = false;
  private ended: Promise<void> = Promise.resolve();

  constructor(args: readonly string[], tell: (text: string) => void) {
    this.args = args;
    this.tell = tell;
  }

  /** Resolves once its program runs. */
  start(): Promise<void> {
    const child = spawn(process.execPath, ['--import', 'tsx', engineProgram, ...this.args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    let errors = '';
    child.stderr.on('data', (text) => {
      errors += text;
    });
    this.ended = new Promise((resolve) => {
      child.once('exit', (code) => {
        if (code !== null && code !== 0) this.problems.push(`the engine ended with ${code}: ${errors}`);
        resolve();
      });
    });
    const lines = createInterface({ input: child.stdout });
    lines.on('line', (line) => this.heard(line));
    return new Promise((resolve) => {
      lines.once('line', () => resolve());
      child.once('exit', () => resolve());
    });
  }

  done(): boolean {
    return this.over || this.problems.length > 0;
  }

  async crash(): Promise<void> {
    this.child?.kill('SIGKILL');
    await this.ended;
    if (!this.done()) await this.start();
  }

  /** Waits for all executions to end; returns what went wrong. */
  async finished(patience: number): Promise<readonly string[]> {
    const late = pause(patience, 'late' as const, { ref: false });
    if ((await Promise.race([this.ended, late])) === 'late') {
      this.problems.push(`the executions had not ended ${patience / 1000} s after the last strike`);
      this.child?.kill('SIGKILL');
      await this.ended;
    }
    return this.problems;
  }

  private heard(line: string): void {
    const said: { done?: number; defect?: string } = JSON.parse(line);
    if (said.done !== undefined) this.over = true;
    if (said.defect !== undefined) this.problems.push(said.defect);
    this.tell(line);
  }
}

/** Whole numbers below a bound, the same ones for the same seed. */
function dice(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
