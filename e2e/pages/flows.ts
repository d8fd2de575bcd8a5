import { expect, type Locator, type Page } from '@playwright/test';

/** The list of flows, as a person finds their way in it. */
export class FlowsPage {
  readonly page: Page;
  readonly table: Locator;

  constructor(page: Page) {
    this.page = page;
    this.table = page.getByRole('table', { name: 'Flows' });
  }

  async open(): Promise<void> {
    await this.page.goto('/');
    await expect(this.page.getByRole('heading', { name: 'Flows', level: 1 })).toBeVisible();
  }

  /** Makes an empty flow; the designer opens. */
  async create(name: string): Promise<void> {
    await this.page.getByRole('button', { name: 'New flow' }).click();
    const dialog = this.page.getByRole('dialog', { name: 'New flow' });
    await dialog.getByLabel('Name').fill(name);
    await dialog.getByRole('button', { name: 'Create flow' }).click();
    await expect(this.page.getByRole('heading', { name, level: 1 })).toBeAttached();
  }

  row(name: string): Locator {
    return this.table.getByRole('row').filter({ has: this.link(name) });
  }

  link(name: string): Locator {
    return this.page.getByRole('link', { name, exact: true });
  }

  async choose(name: string, action: string): Promise<void> {
    await this.page.getByRole('button', { name: `More actions for ${name}` }).click();
    await this.page.getByRole('menuitem', { name: action }).click();
  }
}
