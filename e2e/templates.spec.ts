import { expect, test, testAlone } from './test';

testAlone(
  '[U80] one press makes a flow of a template and runs it on real input',
  async ({ page, execution }) => {
    await page.goto('/templates');
    await page.getByRole('button', { name: 'Run First flow now' }).click();
    await expect(page).toHaveURL(/\/executions\//);
    await execution.expectEnd('Succeeded');
    await execution.expectStatus('Price each line', 'Succeeded');
  },
);

testAlone('[U81] the booking template runs on the services beside Millrace', async ({ page, execution }) => {
  await page.goto('/templates');
  await page.getByRole('button', { name: 'Run Transactional booking now' }).click();
  await execution.expectEnd('Succeeded');
  for (const step of ['Book the train', 'Book the flight', 'Book the hotel'])
    await execution.expectStatus(step, 'Succeeded');
});

testAlone('[U82] a template is opened in the designer, to be changed first', async ({ page, designer }) => {
  await page.goto('/templates');
  await page.getByRole('button', { name: 'Use First flow' }).click();
  await designer.ready();
  await expect(designer.card('Price each line')).toBeVisible();
});

test('[U83] every template is drawn, described and can be saved as it is', async ({ page, millrace }) => {
  const { items } = await millrace.client.listTemplates({});
  await page.goto('/templates');
  for (const { title, description } of items)
    await expect(page.getByRole('article', { name: title })).toContainText(description);
});
