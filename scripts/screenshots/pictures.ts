import type { Page } from '@playwright/test';
import type { Shown } from './flows';

/** One picture: a page, and what is done on it before it is taken. */
export interface Picture {
  readonly name: string;
  readonly theme: 'light' | 'dark';
  readonly path: string;
  readonly arrange: (page: Page) => Promise<void>;
}

/** All pictures of docs/pictures. */
export function pictures({ video, failed, waiting, booking, compensated }: Shown): readonly Picture[] {
  return [
    {
      name: 'flows',
      theme: 'light',
      path: '/',
      arrange: (page) => page.getByRole('link', { name: video.name, exact: true }).waitFor(),
    },
    {
      name: 'designer',
      theme: 'light',
      path: `/flows/${booking.id}`,
      arrange: async (page) => {
        await untilDrawn(page);
        await page.getByText('Book the flight', { exact: true }).first().click();
        await page.getByRole('textbox', { name: 'URL' }).waitFor();
      },
    },
    {
      name: 'designer-code-dark',
      theme: 'dark',
      path: `/flows/${video.id}`,
      arrange: async (page) => {
        await untilDrawn(page);
        await page.getByRole('button', { name: 'Code', exact: true }).click();
        await page.getByRole('region', { name: 'Code' }).locator('.cm-line').first().waitFor();
        await page.getByRole('button', { name: 'Fit to view' }).click();
        await atRest(page);
      },
    },
    {
      name: 'execution-failed',
      theme: 'light',
      path: `/executions/${failed.id}`,
      arrange: async (page) => {
        await untilDrawn(page);
        await page.getByRole('button', { name: 'Retry this step' }).waitFor();
        await page.getByRole('tab', { name: /^Attempts/ }).click();
        await page.getByRole('article', { name: 'Attempt 1' }).waitFor();
      },
    },
    {
      name: 'execution-waiting-dark',
      theme: 'dark',
      path: `/executions/${waiting.id}`,
      arrange: async (page) => {
        await untilDrawn(page);
        await page.getByRole('region', { name: 'What it waits for' }).waitFor();
        await page.getByRole('button', { name: 'Fit to view' }).click();
        await atRest(page);
      },
    },
    {
      name: 'execution-compensated',
      theme: 'light',
      path: `/executions/${compensated.id}`,
      arrange: async (page) => {
        await untilDrawn(page);
        await page.getByRole('button', { name: 'Fit to view' }).click();
        await atRest(page);
      },
    },
    {
      name: 'executions-dark',
      theme: 'dark',
      path: '/executions',
      arrange: (page) => page.getByText(failed.name, { exact: true }).waitFor(),
    },
  ];
}

/** The layout worker has placed the states, and the view has come to rest. */
async function untilDrawn(page: Page): Promise<void> {
  await page.locator('.flow-canvas[data-layout="ready"] .react-flow__node').first().waitFor();
  await atRest(page);
}

async function atRest(page: Page): Promise<void> {
  await page.waitForFunction(
    () => {
      const viewport = document.querySelector<HTMLElement>('.react-flow__viewport');
      const now = viewport?.style.transform;
      const before = viewport?.dataset.before;
      if (viewport !== null && now !== undefined) viewport.dataset.before = now;
      return now !== undefined && now === before;
    },
    undefined,
    { polling: 500 },
  );
}
