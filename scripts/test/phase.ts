import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { z } from 'zod';

/** How many tests came out how. */
export interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export const none: Count = { passed: 0, failed: 0, skipped: 0 };

export function sum(one: Count, other: Count): Count {
  return {
    passed: one.passed + other.passed,
    failed: one.failed + other.failed,
    skipped: one.skipped + other.skipped,
  };
}

/** Minutes that a phase may take: one that hangs is ended, and counts as failed. */
const patience = 16;

const VitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
});

const PlaywrightReport = z.object({
  stats: z.object({
    expected: z.number(),
    unexpected: z.number(),
    flaky: z.number(),
    skipped: z.number(),
  }),
});

/** Runs one of Vitest's projects; `report` is the file that it leaves. */
export async function vitest(project: string, report: string): Promise<Count> {
  const program = join(packageFolder('vitest'), 'vitest.mjs');
  const words = ['run', '--project', project, '--reporter=default', '--reporter=json'];
  const ended = await run([program, ...words, `--outputFile.json=${report}`], {});
  return counted(ended, report, (json) => {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = VitestReport.parse(json);
    return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests };
  });
}

/** Vitest exports its library and not its program. */
function packageFolder(name: string): string {
  return dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
}

/** Runs the browser tests in the browser at a path. A test that passed only at the second try counts as failed. */
export async function playwright(chromium: string, report: string): Promise<Count> {
  const program = createRequire(import.meta.url).resolve('@playwright/test/cli');
  const ended = await run([program, 'test', '--reporter=list,json'], {
    CHROMIUM: chromium,
    PLAYWRIGHT_JSON_OUTPUT_FILE: report,
  });
  return counted(ended, report, (json) => {
    const { expected, unexpected, flaky, skipped } = PlaywrightReport.parse(json).stats;
    return { passed: expected, failed: unexpected + flaky, skipped };
  });
}

/** Whatever went wrong outside of a test (a file that cannot be read, a hook, the runner itself) counts as one failure. */
function counted(ended: number, report: string, read: (json: unknown) => Count): Count {
  const count = existsSync(report) ? read(JSON.parse(readFileSync(report, 'utf8'))) : none;
  return ended === 0 || count.failed > 0 ? count : { ...count, failed: 1 };
}

/** The exit code of a program of Node's, whose output is shown as it comes. */
async function run(words: readonly string[], environment: Record<string, string>): Promise<number> {
  const child = spawn(process.execPath, words, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...environment },
  });
  const forward = (signal: NodeJS.Signals) => child.kill(signal);
  process.once('SIGINT', forward).once('SIGTERM', forward);
  const timer = setTimeout(() => {
    console.error(`This took longer than ${patience} minutes and is ended.`);
    child.kill('SIGTERM');
    setTimeout(() => child.kill('SIGKILL'), 10_000).unref();
  }, patience * 60_000);
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (status) => resolve(status ?? 1));
  });
  clearTimeout(timer);
  process.off('SIGINT', forward).off('SIGTERM', forward);
  return code;
}
