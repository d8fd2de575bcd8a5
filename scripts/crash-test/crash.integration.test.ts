import { expect, it } from 'vitest';
import { crashTest } from './run';

it('[C1–C8] nothing is lost and nothing is done twice, whatever is killed', async () => {
  const said: string[] = [];
  const problems = await crashTest({ executions: 150, kills: 10, seed: 4, tell: (text) => said.push(text) });
  expect(problems).toEqual([]);
}, 180_000);
