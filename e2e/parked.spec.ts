import { expect, test } from './test';

test('[U72] whoever opens an execution with parked steps sees the first one, and mends each on its own; what is caught does not wait', async ({
  page,
  flows,
  outside,
  execution,
}) => {
  const paths = ['Retried', 'Skipped', 'Caught'];
  const Branches = paths.map((name) => ({
    StartAt: name,
    States: {
      [name]: {
        Type: 'Task',
        Resource: 'millrace:http',
        Arguments: { method: 'POST', url: outside.url(`/${name[0]}`) },
        End: true,
        ...(name === 'Caught' && { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Left out' }] }),
      },
      ...(name === 'Caught' && { 'Left out': { Type: 'Pass', Output: 'left out', End: true } }),
    },
  }));
  const States = { All: { Type: 'Parallel', Branches, End: true } };
  for (const name of paths) outside.fall(`/${name[0]}`);
  const flow = await flows.makeParking('Parked', { QueryLanguage: 'JSONata', StartAt: 'All', States });
  await execution.open(await flows.start(flow));

  for (const name of paths.slice(0, 2)) await execution.expectStatus(name, 'Parked');
  await expect(execution.panel('Retried')).toBeVisible();
  await expect(execution.banner).toContainText('Retried waits for you');
  await expect(execution.banner).toContainText('is out of order');
  outside.heal('/R');
  await execution.banner.getByRole('button', { name: 'Retry' }).click();
  await execution.expectStatus('Retried', 'Succeeded');
  expect(outside.count('/R')).toBe(2);

  await expect(execution.panel('Skipped')).toBeVisible();
  await execution.banner.getByRole('button', { name: 'Repair' }).click();
  await page.getByRole('menuitem', { name: 'Skip with an output…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Skip Skipped' });
  await dialog.getByRole('textbox', { name: 'Step output' }).fill('"by hand"');
  await dialog.getByRole('button', { name: 'Skip step' }).click();
  await execution.expectEnd('Succeeded');
  await execution.choose('All');
  await execution.openTab('All', 'Output');
  await expect(execution.panel('All')).toContainText('"by hand"');
  await expect(execution.panel('All')).toContainText('"left out"');
  expect(outside.count('/S')).toBe(1);
});
