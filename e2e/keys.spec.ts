import { expect, test } from './test';

/** A Map over more iterations than are listed by themselves, then a question to a person. */
const manyThenAsk = {
  QueryLanguage: 'JSONata',
  StartAt: 'Each item',
  States: {
    'Each item': {
      Type: 'Map',
      Items: '{% [1..60] %}',
      ItemProcessor: { StartAt: 'Item', States: { Item: { Type: 'Pass', End: true } } },
      Next: 'Ask',
    },
    Ask: {
      Type: 'Task',
      Resource: 'millrace:callback',
      Arguments: { title: 'Approve', instructions: 'Look at all items.' },
      End: true,
    },
  },
};

test('[U60] lists are walked by J and K, a page is reached by G and a letter, and ? shows every key', async ({
  page,
  flows,
  designer,
}) => {
  const name = flows.name('Walked to');
  const flow = await flows.make('Walked to', {
    StartAt: 'P',
    States: { P: { Type: 'Pass', End: true } },
  });
  await designer.open(flow.id);
  await page.keyboard.press('g');
  await page.keyboard.press('f');
  await expect(page.getByRole('link', { name, exact: true })).toBeVisible();

  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox', { name: 'Search flows' })).toBeFocused();
  await page.keyboard.type(name);
  await page.getByRole('heading', { name: 'Flows' }).click();
  await page.keyboard.press('j');
  await expect(page.getByRole('link', { name, exact: true })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveTitle(`${name} · Millrace`);

  await designer.ready();
  await page.keyboard.press('?');
  const keys = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(keys.getByRole('region', { name: 'On this page' })).toContainText('Save a new version');
});

test('[U61] many iterations stand folded below their Map, and what is waited for is answered from the banner', async ({
  page,
  flows,
  execution,
}) => {
  const flow = await flows.make('Many', manyThenAsk);
  await execution.open(await flows.start(flow));
  await expect(execution.row('Each item')).toContainText('60 iterations');
  await expect(execution.row('Item')).toHaveCount(0);

  await page.getByRole('button', { name: 'Unfold Each item' }).click();
  await expect(execution.row('Item').first()).toContainText('[0]');

  const banner = page.getByRole('region', { name: 'What it waits for' });
  await expect(banner).toContainText('Approve: Look at all items.');
  await banner.getByRole('button', { name: 'Complete callback…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Complete step' }).click();
  await expect(execution.status).toContainText('Succeeded');
  await expect(banner).toBeHidden();
  await expect(page).toHaveTitle(/^Succeeded: /);
});
