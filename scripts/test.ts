/**
 * `npm test`: runs the tests to the end and closes with a line `N passed, N failed`; exits with 1 when one failed or none ran.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

const Report = z.object({ numPassedTests: z.number(), numFailedTests: z.number(), success: z.boolean() });

const folder = mkdtempSync(join(tmpdir(), 'millrace-test-'));
const file = join(folder, 'report.json');
const { status } = spawnSync(
  process.execPath,
  [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--project',
    'unit',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ],
  { stdio: 'inherit' },
);
const report = Report.parse(JSON.parse(readFileSync(file, 'utf8')));
rmSync(folder, { recursive: true });
const failed =
  report.numFailedTests + (report.success && status === 0 ? 0 : report.numFailedTests === 0 ? 1 : 0);
console.log(`${report.numPassedTests} passed, ${failed} failed`);
process.exitCode = failed > 0 || report.numPassedTests === 0 ? 1 : 0;
