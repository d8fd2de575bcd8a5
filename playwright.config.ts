import { defineConfig } from '@playwright/test';
import { launchOptions } from './scripts/test/chromium';

/** The browser tests: each worker has a Millrace of its own (scripts/test/millrace.ts), each test flows of its own. */
export default defineConfig({
  testDir: 'e2e',
  globalSetup: './e2e/build.ts',
  workers: 2,
  fullyParallel: false,
  forbidOnly: true,
  timeout: 240_000,
  globalTimeout: 15 * 60_000,
  expect: { timeout: 60_000 },
  reporter: 'list',
  use: {
    launchOptions: launchOptions(),
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'UTC',
    actionTimeout: 60_000,
    // `npx playwright test --trace on` records what a test saw; recording slows every test down.
    trace: 'off',
    screenshot: 'only-on-failure',
  },
});
