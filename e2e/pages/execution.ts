import { expect, type Locator, type Page } from '@playwright/test';

type Status =
  | 'Waiting to start'
  | 'Running'
  | 'Retrying'
  | 'Waiting'
  | 'Parked'
  | 'Succeeded'
  | 'Failed'
  | 'Skipped'
  | 'Stopped';

/** The view of one execution: what ran, how each step stands, and the buttons that mend. */
export class ExecutionPage {
  readonly page: Page;
  readonly canvas: Locator;
  readonly status: Locator;
  /** The list of steps under the canvas. */
  readonly steps: Locator;
  readonly banner: Locator;

  constructor(page: Page) {
    this.page = page;
    this.canvas = page.getByRole('application', { name: /^Execution of / });
    this.status = page.getByTestId('execution-status');
    this.steps = page.getByRole('list', { name: 'Steps' });
    this.banner = page.getByRole('region', { name: 'What failed' });
  }

  async open(executionId: string): Promise<void> {
    await this.page.goto(`/executions/${executionId}`);
    await expect(this.status).toBeVisible();
  }

  /** The card of a state on the canvas. */
  card(state: string): Locator {
    return this.canvas.getByRole('group', { name: state, exact: true });
  }

  /** The step of a state in the list. */
  row(state: string): Locator {
    return this.steps.getByRole('button', { name: new RegExp(`^${escaped(state)} `) });
  }

  /** The panel of the step that is looked at. */
  panel(state: string): Locator {
    return this.page.getByRole('region', { name: `Step ${state}`, exact: true });
  }

  async choose(state: string): Promise<Locator> {
    await this.card(state).click();
    await expect(this.panel(state)).toBeVisible();
    return this.panel(state);
  }

  async openTab(state: string, tab: string): Promise<void> {
    await this.panel(state)
      .getByRole('tab', { name: new RegExp(`^${tab}`) })
      .click();
  }

  /** From the banner's menu of all that mends the step. */
  async askToRetryWithInput(): Promise<void> {
    await this.banner.getByRole('button', { name: 'Repair' }).click();
    await this.page.getByRole('menuitem', { name: 'Edit input and retry…' }).click();
  }

  /** The card says the status in words, and has its colour on border and word. */
  async expectStatus(state: string, status: Status): Promise<void> {
    // A container counts what is inside of it after its own status.
    const word = this.card(state).getByText(status, { exact: true }).first();
    await expect(word).toBeVisible();
    const colour = await this.#colourOf(`--status-${status.toLowerCase()}`);
    await expect(word).toHaveCSS('color', colour);
  }

  async expectEnd(status: Status): Promise<void> {
    await expect(this.status).toHaveText(status);
  }

  /** A token of the theme, as the browser computes it. */
  async #colourOf(token: string): Promise<string> {
    return this.page.evaluate((name) => {
      const probe = document.createElement('span');
      probe.style.color = `var(${name})`;
      document.body.append(probe);
      const { color } = getComputedStyle(probe);
      probe.remove();
      return color;
    }, token);
  }
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
