import { parseArgs } from 'node:util';
import { crashTest } from './crash-test/run';

/** `npm run crash-test -- [--rounds 10] [--kills 40] [--executions 1000] [--seed N]`: a seed that fails, run alone, fails again. */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '10' },
    kills: { type: 'string', default: '40' },
    executions: { type: 'string', default: '1000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
});

const mostTold = 10;
let failed = 0;
for (let round = 0; round < Number(values.rounds); round += 1) {
  const seed = Number(values.seed) + round;
  const problems = await crashTest({
    executions: Number(values.executions),
    kills: Number(values.kills),
    seed,
    tell: (text) => console.error(`seed ${seed}: ${text}`),
  });
  if (problems.length > 0) failed += 1;
  for (const problem of problems.slice(0, mostTold)) console.log(`seed ${seed}: ${problem}`);
  if (problems.length > mostTold) console.log(`seed ${seed}: and ${problems.length - mostTold} more`);
}
console.log(`${Number(values.rounds) - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
