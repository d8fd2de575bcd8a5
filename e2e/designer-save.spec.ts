import { expect, test } from './test';

const one = { QueryLanguage: 'JSONata', StartAt: 'Only', States: { Only: { Type: 'Succeed' } } };

test('[U50] each save is a new version, and the newest is what opens', async ({ page, flows, designer }) => {
  await designer.open((await flows.make('Versions', one)).id);
  await expect(page.getByRole('banner').or(page.locator('header')).getByText('v1').first()).toBeVisible();
  await designer.select('Only');
  await designer.rename('Renamed');
  await expect(page.getByText('· edited')).toBeVisible();
  await designer.save(2);
  await expect(page.getByText('· edited')).toBeHidden();

  await designer.fill('Comment', 'By key');
  await page.keyboard.press('Control+s');
  await expect(page.getByText('Saved as version 3')).toBeVisible();
  await page.reload();
  await designer.ready();
  await designer.select('Renamed');
  await expect(designer.inspector.getByLabel('Comment')).toHaveValue('By key');
});

test('[U51] who leaves with changes is asked first, and gets them back on return', async ({
  page,
  flows,
  designer,
}) => {
  const { id } = await flows.make('Draft', one);
  await designer.open(id);
  await designer.select('Only');
  await designer.rename('Not saved');
  await expect(page.getByText('· edited')).toBeVisible();

  const asked = page.waitForEvent('dialog');
  const leaving = page.reload();
  const dialog = await asked;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.accept();
  await leaving;
  await designer.ready();
  await expect(designer.card('Only')).toBeVisible();
  await page
    .getByRole('region', { name: 'Unsaved changes' })
    .getByRole('button', { name: 'Restore them' })
    .click();
  await expect(designer.card('Not saved')).toBeVisible();
  await designer.save(2);
  await page.reload();
  await designer.ready();
  await expect(page.getByRole('region', { name: 'Unsaved changes' })).toBeHidden();
});

test('[U52] a flow with problems is not saved, and says which', async ({ page, flows, designer }) => {
  await designer.open((await flows.makeEmpty('Unfinished')).id);
  await designer.dragToGround('HTTP request');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+s');
  await expect(page.getByText(/^There (is|are) .* to mend first\.$/).first()).toBeVisible();
  await expect(designer.problems.getByRole('listitem').first()).toBeVisible();
});

test('[U53] a flow is renamed where it is designed', async ({ page, flows, designer, flowsPage }) => {
  const { id } = await flows.make('Before', one);
  await designer.open(id);
  const name = page.getByRole('textbox', { name: 'Name of the flow' });
  await name.fill(flows.name('After'));
  await name.press('Enter');
  await expect(page.getByRole('heading', { name: flows.name('After'), level: 1 })).toBeAttached();
  await flowsPage.open();
  await expect(flowsPage.link(flows.name('After'))).toBeVisible();
});

test('[U54] a name with several blanks in a row is a name like any other', async ({
  page,
  flows,
  designer,
}) => {
  await designer.open((await flows.make('Two  blanks', one)).id);
  await expect(page).toHaveTitle(/^Two blanks/);
  await designer.select('Only');
});
