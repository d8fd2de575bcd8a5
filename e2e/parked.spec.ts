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
  await execution.banner.getByRole('button', { name: 'Retry this step' }).click();
  await execution.expectStatus('Retried', 'Succeeded');
  expect(outside.count('/R')).toBe(2);

  await expect(
    execution.panel('Retried').getByRole('tab', { name: /^Attempts/, selected: true }),
  ).toBeVisible();
  await expect(execution.banner).toContainText('Skipped waits for you');
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

test('[U73] items of a distributed Map wait each on its own, and are all retried at once; the others are done', async ({
  page,
  flows,
  outside,
  execution,
}) => {
  const url = `{% '${outside.url('/')}' & $states.input %}`;
  const Charge = {
    Type: 'Task',
    Resource: 'millrace:http',
    Arguments: { method: 'POST', url },
    Output: '{% $states.result.body %}',
    End: true,
  };
  const Each = {
    Type: 'Map',
    Items: '{% $states.input.orders %}',
    ItemProcessor: {
      ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
      StartAt: 'Charge',
      States: { Charge },
    },
    End: true,
  };
  const ill = ['b', 'c'];
  for (const order of ill) outside.fall(`/${order}`);
  const flow = await flows.makeParking('Parked items', {
    QueryLanguage: 'JSONata',
    StartAt: 'Each',
    States: { Each },
  });
  await execution.open(await flows.start(flow, { orders: ['a', 'b', 'c', 'd'] }));
  await expect(execution.banner).toContainText('Charge waits for you');
  await expect(execution.banner).toContainText('failure 1 of 2');

  for (const order of ill) outside.heal(`/${order}`);
  await execution.banner.getByRole('button', { name: 'Retry all 2…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Redrive from failure' });
  await expect(dialog.getByRole('region', { name: 'Runs again' })).toContainText('Charge (2 ×)');
  await dialog.getByRole('button', { name: 'Redrive execution' }).click();
  await execution.expectEnd('Succeeded');
  expect(['a', 'b', 'c', 'd'].map((order) => outside.count(`/${order}`))).toEqual([1, 2, 2, 1]);
});
