import type { Outside } from './outside';
import { expect, testAlone as test } from './test';

const steps = ['One', 'Two', 'Three', 'Four'];

test('[U2] a server that is killed in the middle goes on where it was, and the page follows without a reload', async ({
  page,
  millrace,
  outside,
  execution,
}) => {
  outside.hold('/three');
  const source = JSON.stringify(fourCalls(outside), null, 2);
  const flow = await millrace.client.createFlow({ body: { name: 'Four calls', source, format: 'json' } });
  const { id } = await millrace.client.startExecution({ params: { flowId: flow.id }, body: { input: {} } });
  await execution.open(id);
  await execution.expectStatus('Two', 'Succeeded');
  await execution.expectStatus('Three', 'Running');
  await expect.poll(() => outside.count('/three')).toBe(1);
  await page.evaluate(() => document.body.setAttribute('data-loaded', 'once'));

  await millrace.kill();
  await expect(page.getByText('Reconnecting…')).toBeVisible();
  outside.letGo('/three');
  await millrace.run();

  await execution.expectEnd('Succeeded');
  await expect(page.getByText('Reconnecting…')).toBeHidden();
  for (const step of steps) await execution.expectStatus(step, 'Succeeded');
  await expect(execution.steps.getByRole('listitem')).toHaveCount(4);
  await expect(page.locator('body')).toHaveAttribute('data-loaded', 'once');
  expect(outside.count('/one'), 'a finished step is not run again').toBe(1);
  expect(outside.count('/two'), 'a finished step is not run again').toBe(1);
  expect(outside.count('/four')).toBe(1);
  const keys = outside.calls.filter(({ path }) => path === '/three').map(({ key }) => key);
  expect(new Set(keys).size, 'a call that was cut off comes again under its key').toBe(1);
});

function fourCalls(outside: Outside): object {
  const states = steps.map((name, index) => {
    const next = steps[index + 1];
    const call = { method: 'POST', url: outside.url(`/${name.toLowerCase()}`), body: {} };
    const goesOn = next === undefined ? { End: true } : { Next: next };
    return [name, { Type: 'Task', Resource: 'millrace:http', Arguments: call, ...goesOn }];
  });
  return { QueryLanguage: 'JSONata', StartAt: 'One', States: Object.fromEntries(states) };
}
