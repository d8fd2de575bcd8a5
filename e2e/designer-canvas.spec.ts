import { expect, test } from './test';

const pass = { Type: 'Pass' };
const line = {
  QueryLanguage: 'JSONata',
  StartAt: 'First',
  States: {
    First: { ...pass, Next: 'Second' },
    Second: { ...pass, Next: 'Third' },
    Third: { ...pass, End: true },
  },
};

test('[U20] states are dragged from the palette; the first one is where the flow starts', async ({
  flows,
  designer,
}) => {
  await designer.open((await flows.makeEmpty('Drag')).id);
  await designer.dragToGround('Pass');
  await expect(designer.card('Pass')).toBeVisible();
  await expect(designer.canvas.getByRole('img', { name: 'Start to Pass' })).toBeAttached();

  await designer.dragToGround('Succeed', { x: 0, y: 180 });
  await expect(designer.card('Succeed')).toBeVisible();
  await expect(designer.arrow('Pass', 'Succeed')).toHaveCount(0);
});

test('[U21] a state dropped on an arrow is put in between', async ({ flows, designer }) => {
  await designer.open((await flows.make('Drop', line)).id);
  await designer.dragOnto('Wait', designer.insertButton('First', 'Second'));
  await expect(designer.arrow('First', 'Wait')).toBeAttached();
  await expect(designer.arrow('Wait', 'Second')).toBeAttached();
  await expect(designer.arrow('First', 'Second')).toHaveCount(0);
});

test('[U22] the button on an arrow asks which state to put there', async ({ page, flows, designer }) => {
  await designer.open((await flows.make('Insert', line)).id);
  await designer.insertButton('Second', 'Third').click();
  const picker = page.getByRole('dialog', { name: 'Add a state' });
  await picker.getByPlaceholder('Which state?').fill('reshapes');
  await picker.getByRole('option', { name: /^Pass/ }).click();
  await designer.atRest();
  await expect(designer.arrow('Second', 'Pass')).toBeAttached();
  await expect(designer.arrow('Pass', 'Third')).toBeAttached();
});

test('[U23] arrows are drawn from card to card: next, on an error, otherwise', async ({
  flows,
  designer,
}) => {
  const states = {
    Call: {
      Type: 'Task',
      Resource: 'millrace:http',
      Arguments: { method: 'GET', url: 'http://127.0.0.1:1/' },
      End: true,
    },
    Mend: { Type: 'Pass', End: true },
    Ask: {
      Type: 'Choice',
      Choices: ['Call', 'Give'].map((Next) => ({ Condition: '{% true %}', Next })),
      Default: 'Mend',
    },
    Give: { Type: 'Fail' },
  };
  await designer.open(
    (await flows.make('Connect', { QueryLanguage: 'JSONata', StartAt: 'Ask', States: states })).id,
  );
  await designer.connect('Call', 'Give', 'errors');
  await expect(designer.arrow('Call', 'Give')).toBeAttached();
  await designer.connect('Call', 'Mend');
  await expect(designer.arrow('Call', 'Mend')).toBeAttached();
  await designer.connect('Ask', 'Call', 'otherwise');
  await expect(designer.arrow('Ask', 'Call')).toHaveCount(2);
  await expect(designer.arrow('Ask', 'Mend')).toHaveCount(0);
});

test('[U24] Delete takes away a state, its neighbours are joined, and undo brings it back', async ({
  page,
  flows,
  designer,
}) => {
  await designer.open((await flows.make('Delete', line)).id);
  await designer.select('Second');
  await designer.card('Second').press('Delete');
  await expect(designer.card('Second')).toHaveCount(0);
  await expect(designer.arrow('First', 'Third')).toBeAttached();

  await page.keyboard.press('Control+z');
  await expect(designer.card('Second')).toBeVisible();
  await page.keyboard.press('Control+Shift+z');
  await expect(designer.card('Second')).toHaveCount(0);
});

test('[U25] Parallel and Map take states into their branches and bodies, also one inside another', async ({
  flows,
  designer,
}) => {
  await designer.open((await flows.makeEmpty('Nested')).id);
  await designer.dragToGround('Parallel');
  await designer.dragOnto('Map', designer.button('Add a state to Branch 1 of Parallel'));
  await designer.dragOnto('Pass', designer.button('Add a state to Map'));
  await designer.dragOnto('Wait', designer.button('Add a state to Branch 2 of Parallel'));
  await designer.button('Code').click();
  const { States } = JSON.parse(await designer.codeText());
  expect(States).toMatchObject({
    Parallel: {
      Branches: [
        {
          StartAt: 'Map',
          States: { Map: { ItemProcessor: { StartAt: 'Pass', States: { Pass: { Type: 'Pass' } } } } },
        },
        { StartAt: 'Wait', States: { Wait: { Type: 'Wait' } } },
      ],
    },
  });
});

test('[U26] a container is folded to a card and unfolded again', async ({ flows, designer }) => {
  const inside = { StartAt: 'Inner', States: { Inner: { ...pass, End: true } } };
  const States = { Each: { Type: 'Map', ItemProcessor: inside, End: true } };
  await designer.open((await flows.make('Fold', { StartAt: 'Each', States })).id);
  await expect(designer.card('Inner')).toBeVisible();
  await designer.button('Fold Each').click();
  await expect(designer.card('Inner')).toHaveCount(0);
  await designer.button('Unfold Each').click();
  await expect(designer.card('Inner')).toBeVisible();
});

test('[U27] a card that was moved by hand stays there; Tidy up lays out anew; both can be undone', async ({
  page,
  flows,
  designer,
}) => {
  await designer.open((await flows.make('Tidy', line)).id);
  const tidy = page.getByRole('button', { name: 'Tidy up' });
  await expect(tidy).toBeDisabled();
  const before = await designer.card('Third').boundingBox();
  await designer.move('Third', { x: 200, y: 40 });
  const moved = await designer.card('Third').boundingBox();
  expect(moved?.x).toBeCloseTo((before?.x ?? 0) + 200, -1);

  await tidy.click();
  await designer.atRest();
  expect((await designer.card('Third').boundingBox())?.x).toBeCloseTo(before?.x ?? 0, 0);
  await page.keyboard.press('Control+z');
  await designer.atRest();
  expect((await designer.card('Third').boundingBox())?.x).toBeCloseTo(moved?.x ?? 0, 0);
});

test('[U28] everything is done by keyboard: add, name, connect, walk, select all, delete', async ({
  page,
  flows,
  designer,
}) => {
  await designer.open((await flows.makeEmpty('Keys')).id);
  await page.keyboard.press('a');
  await page.getByPlaceholder('Which state?').fill('Choice');
  await page.keyboard.press('Enter');
  await expect(designer.card('Choice')).toBeVisible();
  await page.keyboard.press('F2');
  await expect(designer.inspector.getByLabel('Name')).toBeFocused();
  await page.keyboard.type('Ask');
  await expect(designer.card('Ask')).toBeVisible();
  await page.keyboard.press('Tab');
  await designer.card('Ask').focus();

  await page.keyboard.press('a');
  await page.getByPlaceholder('Which state?').fill('Succeed');
  await page.keyboard.press('Enter');
  await expect(designer.card('Succeed')).toBeVisible();
  await designer.atRest();
  await expect(designer.canvas.getByRole('group', { name: /^Ask to Succeed/ })).toBeAttached();

  await designer.card('Ask').focus();
  await page.keyboard.press('ArrowDown');
  await expect(designer.card('Succeed')).toBeFocused();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await expect(designer.card('Ask')).toHaveCount(0);
  await expect(designer.card('Succeed')).toHaveCount(0);
  await page.keyboard.press('Control+z');
  await expect(designer.card('Ask')).toBeVisible();
});

test('[U29] a form changes the card at once; undo goes back over forms and canvas alike', async ({
  page,
  flows,
  designer,
}) => {
  await designer.open((await flows.make('Undo', line)).id);
  await designer.select('First');
  await designer.rename('Begin');
  await expect(designer.card('Begin')).toBeVisible();
  await expect(designer.arrow('Begin', 'Second')).toBeAttached();
  await designer.fill('Comment', 'Where it begins');
  await designer.select('Third');
  await designer.card('Third').press('Delete');
  await expect(designer.card('Third')).toHaveCount(0);

  const undo = page.getByRole('button', { name: 'Undo' });
  await undo.click();
  await expect(designer.card('Third')).toBeVisible();
  await undo.click();
  await designer.select('Begin');
  await expect(designer.inspector.getByLabel('Comment')).toHaveValue('');
  await undo.click();
  await expect(designer.card('First')).toBeVisible();
  await expect(undo).toBeDisabled();
});

test('[U30] states are copied and pasted, with names of their own', async ({
  page,
  context,
  flows,
  designer,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await designer.open((await flows.make('Paste', line)).id);
  await designer.select('Second');
  await designer.card('Second').focus();
  await page.keyboard.press('Control+c');
  await page.keyboard.press('Control+v');
  await expect(designer.canvas.getByRole('group', { name: /^Second \(?2\)?$/ })).toBeVisible();
});

test('[U31] states are drawn before the layout worker is there, and stand where it puts them afterwards', async ({
  page,
  flows,
  designer,
}) => {
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route(/elk-worker/, async (route) => {
    await held;
    await route.continue();
  });
  const choice = {
    QueryLanguage: 'JSONata',
    StartAt: 'Which',
    States: {
      Which: { Type: 'Choice', Choices: [{ Condition: '{% true %}', Next: 'One' }], Default: 'Other' },
      One: { ...pass, End: true },
      Other: { ...pass, End: true },
    },
  };
  await page.goto(`/flows/${(await flows.make('Slow layout', choice)).id}`);
  await expect(designer.card('Other')).toBeInViewport();
  await expect(page.locator('.flow-canvas')).toHaveAttribute('data-layout', 'waiting');
  letGo();
  await designer.ready();
  await expect(designer.card('Which')).toBeInViewport();
  await expect(designer.card('Other')).toBeInViewport();
});
