import { expect, test, testAlone } from './test';

testAlone(
  '[U10] a Millrace without flows offers the templates and an empty canvas',
  async ({ page, flowsPage }) => {
    await flowsPage.open();
    await expect(page.getByRole('heading', { name: 'Run something real in a minute' })).toBeVisible();
    await expect(page.getByRole('article', { name: 'First flow' })).toBeVisible();

    await flowsPage.create('The first of all');
    await expect(page.getByText('Drag a state here')).toBeVisible();
    await page.getByRole('link', { name: 'Flows', exact: true }).first().click();
    await expect(flowsPage.row('The first of all')).toContainText('Never run');
    await expect(page.getByRole('heading', { name: 'Run something real in a minute' })).toBeHidden();
  },
);

test('[U11] a flow is renamed in the list', async ({ page, flows, flowsPage }) => {
  await flows.makeEmpty('Old');
  await flowsPage.open();
  await flowsPage.choose(flows.name('Old'), 'Rename…');
  const dialog = page.getByRole('dialog', { name: `Rename ${flows.name('Old')}` });
  await dialog.getByLabel('Name').fill(flows.name('New'));
  await dialog.getByRole('button', { name: 'Rename flow' }).click();

  await expect(flowsPage.link(flows.name('New'))).toBeVisible();
  await expect(flowsPage.link(flows.name('Old'))).toBeHidden();
});

test('[U12] a flow is deleted only after a yes, which says what is lost', async ({
  page,
  flows,
  flowsPage,
}) => {
  const name = flows.name('Short-lived');
  await flows.makeEmpty('Short-lived');
  await flowsPage.open();
  await flowsPage.choose(name, 'Delete…');
  const dialog = page.getByRole('dialog', { name: `Delete ${name}?` });
  await expect(dialog).toContainText('This cannot be undone.');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(flowsPage.link(name)).toBeVisible();

  await flowsPage.choose(name, 'Delete…');
  await dialog.getByRole('button', { name: 'Delete flow' }).click();
  await expect(page.getByText(`${name} was deleted`)).toBeVisible();
  await expect(flowsPage.link(name)).toBeHidden();
});

test('[U13] a flow with a running execution says so before it is deleted with it', async ({
  page,
  flows,
  flowsPage,
}) => {
  const flow = await flows.make('Waiting', {
    StartAt: 'W',
    States: { W: { Type: 'Wait', Seconds: 600, End: true } },
  });
  await flows.start(flow);
  await flowsPage.open();
  await flowsPage.choose(flow.name, 'Delete…');
  const dialog = page.getByRole('dialog', { name: `Delete ${flow.name}?` });
  await expect(dialog).toContainText('1 running execution will be stopped first.');
  await dialog.getByRole('button', { name: 'Stop 1 execution and delete' }).click();
  await expect(page.getByText(`${flow.name} was deleted`)).toBeVisible();
  await expect(flowsPage.link(flow.name)).toBeHidden();
});

test('[U14] a search finds flows by a part of their name, and says when there is none', async ({
  page,
  flows,
  flowsPage,
}) => {
  await flows.makeEmpty('Invoices');
  await flows.makeEmpty('Parcels');
  await flowsPage.open();
  await expect(flowsPage.link(flows.name('Invoices'))).toBeVisible();

  const search = page.getByRole('searchbox', { name: 'Search flows' });
  await search.fill(flows.name('parcels'));
  await expect(flowsPage.link(flows.name('Invoices'))).toBeHidden();
  await expect(flowsPage.link(flows.name('Parcels'))).toBeVisible();

  await search.fill('a name that no flow has');
  await expect(page.getByText('No flow is called “a name that no flow has”')).toBeVisible();
  await page.getByRole('button', { name: 'Show all flows' }).click();
  await expect(flowsPage.link(flows.name('Invoices'))).toBeVisible();
});

test('[U15] a definition that is pasted becomes a flow; one with errors says where they are', async ({
  page,
  flows,
  flowsPage,
  designer,
}) => {
  await flowsPage.open();
  await page.getByRole('button', { name: 'Import' }).click();
  const dialog = page.getByRole('dialog', { name: 'Import a flow' });
  const text = dialog.getByLabel('Definition', { exact: true });
  await text.fill('StartAt: Greet\nStates:\n  Greet:\n    Type: Pass\n    Next: Nowhere\n');
  await expect(dialog.getByRole('region', { name: 'What was found' })).toContainText('Nowhere');
  await expect(dialog.getByRole('region', { name: 'What was found' })).toContainText('Line 5');

  await text.fill('StartAt: Greet\nStates:\n  Greet:\n    Type: Pass # says hello\n    End: true\n');
  await expect(dialog.getByRole('status')).toContainText('1 state');
  await dialog.getByLabel('Name').fill(flows.name('Imported'));
  await dialog.getByRole('button', { name: 'Import flow' }).click();
  await designer.ready();
  await expect(designer.card('Greet')).toBeVisible();
  await designer.button('Code').click();
  await expect(designer.code).toContainText('# says hello');
});

test('[U16] a flow is duplicated with its newest version', async ({ page, flows, flowsPage, designer }) => {
  const flow = await flows.make('Original', { StartAt: 'Only', States: { Only: { Type: 'Succeed' } } });
  await flowsPage.open();
  await flowsPage.choose(flow.name, 'Duplicate');
  await expect(page.getByRole('heading', { name: `${flow.name} copy`, level: 1 })).toBeAttached();
  await designer.ready();
  await expect(designer.card('Only')).toBeVisible();
});

test('[U17] the list shows how the last execution of a flow ended, and leads there', async ({
  flows,
  flowsPage,
  execution,
}) => {
  const flow = await flows.make('Failing', {
    StartAt: 'No',
    States: { No: { Type: 'Fail', Error: 'Nothing.Works', Cause: 'On purpose' } },
  });
  await flows.start(flow);
  await flowsPage.open();
  await expect(flowsPage.row(flow.name)).toContainText('Failed');
  await flowsPage
    .row(flow.name)
    .getByRole('link', { name: /^Failed/ })
    .first()
    .click();
  await execution.expectEnd('Failed');
  await expect(execution.banner).toContainText('Nothing.Works');
});
