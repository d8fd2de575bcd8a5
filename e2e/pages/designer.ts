import { expect, type Locator, type Page } from '@playwright/test';

interface Point {
  readonly x: number;
  readonly y: number;
}

/** The designer of one flow, used as a person uses it: by what is seen and named. */
export class Designer {
  readonly page: Page;
  readonly palette: Locator;
  readonly inspector: Locator;
  readonly canvas: Locator;
  readonly problems: Locator;

  constructor(page: Page) {
    this.page = page;
    this.palette = page.getByRole('complementary', { name: 'Palette' });
    this.inspector = page.getByRole('complementary', { name: 'Inspector' });
    this.canvas = page.getByRole('application', { name: /^Flow / });
    this.problems = page.getByRole('region', { name: 'Problems' });
  }

  async open(flowId: string): Promise<void> {
    await this.page.goto(`/flows/${flowId}`);
    await this.ready();
  }

  /** The flow is there and nothing moves any more. */
  async ready(): Promise<void> {
    await expect(this.palette).toBeVisible({ timeout: 60_000 });
    await this.atRest();
  }

  /** The layout worker has placed everything, and the view has come to rest. */
  async atRest(): Promise<void> {
    await expect(this.page.locator('.flow-canvas')).toHaveAttribute('data-layout', 'ready');
    await this.page.waitForFunction(
      () => {
        const ground = document.querySelector<HTMLElement>('.flow-canvas');
        const viewport = document.querySelector<HTMLElement>('.react-flow__viewport');
        const cards = [...document.querySelectorAll<HTMLElement>('.react-flow__node')];
        const now = [viewport, ...cards].map((one) => one?.style.transform).join();
        const isSame = ground !== null && ground.dataset.before === now;
        if (ground !== null) ground.dataset.before = now;
        return isSame;
      },
      undefined,
      { polling: 60 },
    );
  }

  item(name: string): Locator {
    return this.palette.getByRole('button', { name, exact: true });
  }

  card(name: string): Locator {
    return this.canvas.getByRole('group', { name, exact: true });
  }

  /** The arrow from one state to another, where it carries no words. */
  arrow(from: string, to: string): Locator {
    return this.canvas.getByRole('group', { name: `${from} to ${to}` });
  }

  /** Drags a state from the palette to a point of the canvas, counted from its middle. */
  async dragToGround(item: string, { x, y }: Point = { x: 0, y: 0 }): Promise<void> {
    const ground = await boxOf(this.canvas);
    await this.#drag(this.item(item), {
      x: ground.x + ground.width / 2 + x,
      y: ground.y + ground.height / 2 + y,
    });
  }

  /** Drags a state from the palette onto something: an arrow's middle, a card, a lane. */
  async dragOnto(item: string, target: Locator): Promise<void> {
    await this.atRest();
    await this.#drag(this.item(item), middleOf(await boxOf(target)));
  }

  /** The button in the middle of an arrow. */
  insertButton(from: string, to: string): Locator {
    return this.canvas.getByRole('button', { name: `Insert a state between ${from} and ${to}` });
  }

  /** Draws an arrow from the dot under (or, for errors and otherwise, beside) one card to another card. */
  async connect(from: string, to: string, exit: 'main' | 'errors' | 'otherwise' = 'main'): Promise<void> {
    await this.atRest();
    const names = {
      main: `Connect ${from}`,
      errors: `Errors of ${from}`,
      otherwise: `Otherwise after ${from}`,
    };
    await this.card(from).hover();
    await this.#drag(
      this.canvas.getByRole('button', { name: names[exit], exact: true }),
      middleOf(await boxOf(this.card(to))),
    );
  }

  /** Moves a card by hand. */
  async move(name: string, by: Point): Promise<void> {
    await this.atRest();
    const from = middleOf(await boxOf(this.card(name)));
    await this.#drag(this.card(name), { x: from.x + by.x, y: from.y + by.y });
  }

  async select(name: string): Promise<void> {
    await this.atRest();
    await this.card(name).click();
    await expect(this.inspector.getByLabel('Name')).toHaveValue(name);
  }

  async unselect(): Promise<void> {
    const ground = await boxOf(this.canvas);
    await this.page.mouse.click(ground.x + ground.width - 12, ground.y + 12);
    await expect(this.inspector.getByLabel('Query language')).toBeVisible();
  }

  async rename(name: string): Promise<void> {
    await this.inspector.getByLabel('Name').fill(name);
  }

  /** Fills a field of the form, whether it is a line or an editor for code. */
  async fill(label: string, text: string): Promise<void> {
    await this.inspector.getByRole('textbox', { name: label, exact: true }).fill(text);
  }

  /** Chooses from one of the form's menus. */
  async choose(label: string, option: string): Promise<void> {
    await this.inspector.getByRole('combobox', { name: label, exact: true }).click();
    await this.page.getByRole('option', { name: option, exact: true }).click();
  }

  tab(name: string | RegExp): Locator {
    return this.inspector.getByRole('tab', { name });
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name, exact: typeof name === 'string' });
  }

  get code(): Locator {
    return this.page.getByRole('region', { name: 'Code' }).getByRole('textbox', { name: 'Definition' });
  }

  /** The text of the code pane, of a definition that is short enough to be drawn whole. */
  async codeText(): Promise<string> {
    return this.code.innerText();
  }

  async save(version: number): Promise<void> {
    await this.button('Save').click();
    await expect(this.page.getByText(`Saved as version ${version}`)).toBeVisible();
  }

  /** Runs what is on the canvas with an input; the execution's page opens. */
  async run(input: object): Promise<void> {
    await this.button('Run').click();
    const dialog = this.page.getByRole('dialog', { name: /^Run / });
    await dialog.getByRole('textbox', { name: 'Input' }).fill(JSON.stringify(input));
    await dialog.getByRole('button', { name: /tart execution/ }).click();
    await expect(this.page).toHaveURL(/\/executions\//);
  }

  async #drag(from: Locator, to: Point): Promise<void> {
    const { mouse } = this.page;
    const start = middleOf(await boxOf(from));
    await mouse.move(start.x, start.y);
    await mouse.down();
    // The first pixels only tell a drag from a press.
    await mouse.move(start.x + 3, start.y + 3);
    // On the way, as a hand moves: what is dragged over is shown, and may take part.
    await mouse.move((start.x + to.x) / 2, (start.y + to.y) / 2, { steps: 4 });
    await mouse.move(to.x, to.y, { steps: 4 });
    await mouse.up();
    await this.atRest();
  }
}

interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

async function boxOf(locator: Locator): Promise<Box> {
  await locator.waitFor();
  const box = await locator.boundingBox();
  if (box === null) throw new Error(`${locator} takes no room on the screen`);
  return box;
}

function middleOf({ x, y, width, height }: Box): Point {
  return { x: x + width / 2, y: y + height / 2 };
}
