/**
 * `npm run fuzz`: 100,000 mutated definitions with odd inputs and answers go through parse, check and the interpreter, and 20,000
 * mutants of each language through everything else that takes a text. `npm test` tries a twentieth of it.
 */
import { spawnSync } from 'node:child_process';

const { status } = spawnSync(
  process.execPath,
  [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--project',
    'unit',
    'lib/flow/fuzz.test.ts',
    'lib/engine/fuzz.test.ts',
  ],
  { stdio: 'inherit', env: { ...process.env, FUZZ: process.env.FUZZ ?? '100000' } },
);
process.exitCode = status ?? 1;
