import { expect, test } from './test';
import { Wire } from './wire';

test('[U70] a stream that was cut goes on where it was: no gap, nothing twice, no reload', async ({
  page,
  millrace,
  flows,
  outside,
  execution,
}) => {
  const names = ['One', 'Two', 'Three'];
  const States = Object.fromEntries(
    names.map((name, index) => [
      name,
      {
        Type: 'Task',
        Resource: 'millrace:http',
        Arguments: { method: 'POST', url: outside.url(`/${name}`) },
        ...(index === 2 ? { End: true } : { Next: names[index + 1] }),
      },
    ]),
  );
  outside.hold('/Two');
  outside.hold('/Three');
  const id = await flows.start(await flows.make('Cut', { QueryLanguage: 'JSONata', StartAt: 'One', States }));
  const wire = await Wire.to(millrace.origin);
  try {
    await page.goto(`${wire.origin}/executions/${id}`);
    await execution.expectStatus('Two', 'Running');
    await page.evaluate(() => document.body.setAttribute('data-loaded', 'once'));

    wire.cut();
    await expect(page.getByText('Reconnecting…')).toBeVisible();
    outside.letGo('/Two');
    await expect.poll(() => outside.count('/Three')).toBe(1);
    await execution.expectStatus('Two', 'Running');

    wire.mend();
    await execution.expectStatus('Two', 'Succeeded');
    await execution.expectStatus('Three', 'Running');
    await expect(page.getByText('Reconnecting…')).toBeHidden();
    outside.letGo('/Three');
    await execution.expectEnd('Succeeded');
    await expect(execution.steps.getByRole('listitem')).toHaveCount(3);
    await expect(page.locator('body')).toHaveAttribute('data-loaded', 'once');
  } finally {
    await wire.close();
  }
});
