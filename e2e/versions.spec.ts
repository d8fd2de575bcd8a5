import { expect, test } from './test';

const first = { QueryLanguage: 'JSONata', StartAt: 'Only', States: { Only: { Type: 'Succeed' } } };

test('[U55] old versions are listed, looked at, compared and restored as a new one', async ({
  page,
  flows,
  designer,
}) => {
  const { id } = await flows.make('History', first);
  await designer.open(id);
  await designer.select('Only');
  await designer.fill('Comment', 'Ends well');
  await page.keyboard.press('Control+Shift+S');
  const dialog = page.getByRole('dialog', { name: 'Save a new version' });
  await dialog.getByRole('textbox', { name: 'Note' }).fill('Says how it ends');
  await dialog.getByRole('button', { name: 'Save version' }).click();
  await expect(page.getByText('Saved as version 2')).toBeVisible();
  await designer.rename('Last');
  await expect(page.getByText('· edited')).toBeVisible();

  await page.getByRole('button', { name: 'Versions, now version 2, edited' }).click();
  const rows = page.getByRole('list', { name: 'Versions' }).getByRole('button');
  await expect(rows).toHaveCount(3);
  await expect(rows.nth(0)).toContainText('Draft');
  await expect(rows.nth(1)).toContainText('Says how it ends');
  const canvas = page.getByRole('application', { name: 'Version 2, read-only' });
  await expect(canvas.getByRole('group', { name: 'Only', exact: true })).toBeVisible();

  await page.getByRole('tab', { name: 'Changes' }).click();
  const changes = page.getByRole('list', { name: 'Changed states' });
  await expect(changes.getByRole('listitem')).toHaveText([/Only changed Comment/]);
  await expect(page.getByRole('row', { name: /added .*"Comment": "Ends well"/ })).toBeVisible();

  // By keyboard: the row above is the draft, which renames the state.
  await rows.nth(1).focus();
  await page.keyboard.press('ArrowUp');
  await expect(rows.nth(0)).toHaveAttribute('aria-pressed', 'true');
  await expect(changes.getByRole('listitem').filter({ hasText: 'renamed' })).toHaveText([
    /Last renamed, was Only/,
  ]);
  await page.getByRole('combobox', { name: 'Compared with' }).click();
  await page.getByRole('option', { name: 'Version 1' }).click();
  await expect(page.getByRole('row', { name: /removed .*"Only"/ }).first()).toBeVisible();

  await rows.nth(2).click();
  await page.getByRole('tab', { name: 'Code' }).click();
  const code = page.getByRole('region', { name: 'Code' }).getByRole('textbox', { name: 'Definition' });
  await expect(code).toContainText('"Only"');
  await expect(code).not.toContainText('Ends well');
  await code.press('x');
  await expect(code).not.toContainText('x"');

  const restored = page.getByRole('dialog', { name: 'Restore version 1?' });
  await page.getByRole('button', { name: 'Restore version 1' }).click();
  await expect(restored).toContainText('unsaved changes');
  await restored.getByRole('button', { name: 'Restore version 1' }).click();
  await expect(page.getByText('Version 1 restored as version 3')).toBeVisible();
  await expect(rows.nth(0)).toContainText('Restored from version 1');
  await expect(rows.nth(0)).toHaveAttribute('aria-pressed', 'true');

  await page.keyboard.press('Escape');
  await designer.ready();
  await designer.select('Only');
  await expect(designer.inspector.getByLabel('Comment')).toHaveValue('');
  await designer.unselect();
  await page.keyboard.press('Control+z');
  await expect(designer.card('Last')).toBeVisible();
});

test('[U56] a link leads to one version and its comparison; one that is not there says so', async ({
  page,
  flows,
  designer,
}) => {
  const { id } = await flows.make('Linked', first);
  await designer.open(id);
  await designer.select('Only');
  await designer.rename('Other');
  await designer.save(2);
  await page.goto(`/flows/${id}?version=1&view=changes&with=2`);
  await expect(page.getByRole('list', { name: 'Changed states' })).toContainText('Only renamed, was Other');
  await page.goto(`/flows/${id}?version=99`);
  await expect(page.getByRole('heading', { name: 'This flow has no version 99' })).toBeVisible();
  await page.getByRole('button', { name: 'Show the newest' }).click();
  await expect(page.getByRole('application', { name: 'Version 2, read-only' })).toBeVisible();
  await page.goto(`/flows/${id}?version=nonsense`);
  await expect(page.getByRole('heading', { name: 'There is no such version' })).toBeVisible();
});
