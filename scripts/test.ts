/**
 * `npm test`: runs unit, integration and browser tests to the end, whatever fails on the way, and closes with one line
 * `N passed, N failed`; exits with 1 when one failed or none ran. The browser is found, or installed where there is none.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromiumHereOrInstalled } from './test/install-chromium';
import { type Count, none, playwright, sum, vitest } from './test/phase';

const folder = mkdtempSync(join(tmpdir(), 'millrace-test-'));
const began = performance.now();
let total = none;
for (const [number, [title, run]] of phases().entries()) {
  console.log(`\n[${number + 1}/3] ${title} …`);
  const from = performance.now();
  const count = await run();
  total = sum(total, count);
  console.log(`[${number + 1}/3] ${title}: ${inWords(count)} in ${seconds(from)}`);
}
rmSync(folder, { recursive: true, force: true });
console.log(`\nAll tests took ${seconds(began)}.`);
console.log(inWords(total));
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;

function phases(): readonly (readonly [string, () => Promise<Count>])[] {
  return [
    ['Unit tests', () => vitest('unit', join(folder, 'unit.json'))],
    [
      'Integration tests, on a PostgreSQL of their own',
      () => vitest('integration', join(folder, 'integration.json')),
    ],
    ['Browser tests, on a Millrace of their own', browserTests],
  ];
}

async function browserTests(): Promise<Count> {
  const chromium = chromiumHereOrInstalled((text) => console.log(text));
  if (chromium !== undefined) {
    console.log(`Using ${chromium}`);
    return playwright(chromium, join(folder, 'browser.json'));
  }
  console.error(
    'The browser tests did not run: there is no Chromium, and none could be installed. Install Chromium or Google Chrome, or set CHROMIUM to the path of one.',
  );
  return { ...none, failed: 1 };
}

function inWords({ passed, failed, skipped }: Count): string {
  return `${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`;
}

function seconds(from: number): string {
  return `${Math.round((performance.now() - from) / 1000)} s`;
}
