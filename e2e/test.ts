import { test as base, expect } from '@playwright/test';
import { Millrace } from '@/scripts/test/millrace';
import { Flows } from './flows-of-a-test';
import { Outside } from './outside';
import { Designer } from './pages/designer';
import { ExecutionPage } from './pages/execution';
import { FlowsPage } from './pages/flows';

interface Fixtures {
  /** A service of the outside world, of this test alone. */
  readonly outside: Outside;
  readonly flowsPage: FlowsPage;
  readonly designer: Designer;
  readonly execution: ExecutionPage;
}

const withPages = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern which fixtures it needs
  outside: async ({}, use) => {
    const outside = await Outside.open();
    await use(outside);
    await outside.close();
  },
  flowsPage: async ({ page }, use) => use(new FlowsPage(page)),
  designer: async ({ page }, use) => use(new Designer(page)),
  execution: async ({ page }, use) => use(new ExecutionPage(page)),
});

interface Shared {
  /** The flows that the test makes; they are taken away after it. */
  readonly flows: Flows;
}

/** A test on the Millrace that all tests of a worker share: it sees to its own flows and looks at no others. */
export const test = withPages.extend<Shared, { readonly millrace: Millrace }>({
  millrace: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern which fixtures it needs
    async ({}, use) => {
      const millrace = await Millrace.start();
      await use(millrace);
      await millrace.close();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  baseURL: async ({ millrace }, use) => use(millrace.origin),
  flows: async ({ millrace }, use, { title }) => {
    const flows = new Flows(millrace, title);
    await use(flows);
    await flows.clear();
  },
});

/** A test on a Millrace of its own, which nobody has used before and which it may kill. */
export const testAlone = withPages.extend<{ readonly millrace: Millrace }>({
  millrace: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern which fixtures it needs
    async ({}, use, { attach, status, expectedStatus }) => {
      const millrace = await Millrace.start();
      await use(millrace);
      await millrace.close();
      if (status !== expectedStatus) await attach('log of the server', { body: millrace.log });
    },
    { timeout: 120_000 },
  ],
  baseURL: async ({ millrace }, use) => use(millrace.origin),
});

export { expect };
