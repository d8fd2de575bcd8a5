import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './test';

const failing = {
  QueryLanguage: 'JSONata',
  StartAt: 'Each',
  States: {
    Each: {
      Type: 'Map',
      Items: '{% [1, 2] %}',
      ItemProcessor: { StartAt: 'In', States: { In: { Type: 'Pass', End: true } } },
      Next: 'Ask',
    },
    Ask: { Type: 'Choice', Choices: [{ Condition: '{% false %}', Next: 'Good' }], Default: 'Bad' },
    Good: { Type: 'Succeed' },
    Bad: { Type: 'Fail', Error: 'On.Purpose', Cause: 'Somebody wants to see it' },
  },
};

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme });

    test(`[U90] the lists have no fault that axe finds (${colorScheme})`, async ({
      page,
      flows,
      flowsPage,
    }) => {
      await flows.start(await flows.make('Listed', failing));
      await flowsPage.open();
      await expect(flowsPage.row(flows.name('Listed'))).toContainText('Failed');
      await expectNoFault(page);
      await page.goto('/executions');
      await expect(page.getByRole('row', { name: new RegExp(flows.name('Listed')) })).toBeVisible();
      await expectNoFault(page);
      await page.goto('/templates');
      await expect(page.getByRole('article', { name: 'First flow' })).toBeVisible();
      await expectNoFault(page);
    });

    test(`[U91] the designer has no fault that axe finds (${colorScheme})`, async ({
      page,
      flows,
      designer,
    }) => {
      await designer.open((await flows.make('Designed', failing)).id);
      await expectNoFault(page);
      await designer.select('Ask');
      await designer.button('Code').click();
      await designer.button('No problems').click();
      await designer.atRest();
      await expectNoFault(page);
      await designer.button('Run').click();
      await expect(page.getByRole('dialog').getByRole('textbox', { name: 'Input' })).toBeVisible();
      await expectNoFault(page);
    });

    test(`[U92] the execution has no fault that axe finds (${colorScheme})`, async ({
      page,
      flows,
      execution,
    }) => {
      await execution.open(await flows.start(await flows.make('Shown', failing)));
      await execution.expectEnd('Failed');
      await execution.expectStatus('Bad', 'Failed');
      await expectNoFault(page);
      await execution.choose('Bad');
      await expectNoFault(page);
      await execution.choose('Each');
      await execution.openTab('Each', 'Iterations');
      await expectNoFault(page);
    });
  });
}

/** What the rules of WCAG 2.2, levels A and AA, find; each fault with the elements that have it. */
async function expectNoFault(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  const faults = violations.map(({ id, help, nodes }) => ({
    id,
    help,
    where: nodes.map(({ html, failureSummary }) => `${html.slice(0, 160)} — ${failureSummary ?? ''}`),
  }));
  expect(faults).toEqual([]);
}
