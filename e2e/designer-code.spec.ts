import { expect, test } from './test';

const line = {
  QueryLanguage: 'JSONata',
  StartAt: 'First',
  States: { First: { Type: 'Pass', Next: 'Second' }, Second: { Type: 'Pass', End: true } },
};

test('[U40] what is typed as code is drawn, and what is drawn is written as code', async ({
  flows,
  designer,
}) => {
  await designer.open((await flows.make('Code', line)).id);
  await designer.button('Code').click();
  await expect(designer.code).toContainText('"Second"');

  await designer.code.fill((await designer.codeText()).replaceAll('Second', 'Last'));
  await expect(designer.card('Last')).toBeVisible();
  await expect(designer.card('Second')).toHaveCount(0);

  await designer.select('First');
  await designer.rename('Begin');
  await expect(designer.code).toContainText('"StartAt": "Begin"');
});

test('[U41] a definition is shown as YAML and as JSON, and edited in both', async ({ flows, designer }) => {
  await designer.open((await flows.make('YAML', line)).id);
  await designer.button('Code').click();
  await designer.page.getByRole('combobox', { name: 'Format' }).click();
  await designer.page.getByRole('option', { name: 'YAML' }).click();
  await expect(designer.code).toContainText('StartAt: First');

  await designer.code.fill(`# why it is here\n${await designer.codeText()}`);
  await designer.select('Second');
  await designer.rename('End of it');
  await expect(designer.code).toContainText('# why it is here');
  await expect(designer.code).toContainText('Next: End of it');

  await designer.save(2);
  await designer.page.reload();
  await designer.ready();
  await designer.button('Code').click();
  await expect(designer.code).toContainText('# why it is here');
  await designer.page.getByRole('combobox', { name: 'Format' }).click();
  await designer.page.getByRole('option', { name: 'JSON' }).click();
  await expect(designer.code).toContainText('"Next": "End of it"');
});

test('[U42] code that cannot be read leaves the drawing, says where, and is not saved', async ({
  page,
  flows,
  designer,
}) => {
  await designer.open((await flows.make('Broken', line)).id);
  await designer.button('Code').click();
  await designer.code.fill('{ "StartAt": "First", "States": { ');
  await expect(page.getByText('The code cannot be read: this is the last flow that could.')).toBeVisible();
  await expect(designer.card('Second')).toBeVisible();
  await expect(designer.button('Save')).toHaveAttribute('aria-disabled', 'true');

  await page.keyboard.press('Control+z');
  await expect(page.getByText('The code cannot be read')).toBeHidden();
});

test('[U43] problems are shown as one types, lead to their place, and are mended by a press', async ({
  page,
  flows,
  designer,
}) => {
  await designer.open((await flows.make('Problems', line)).id);
  await designer.button('Code').click();
  await designer.code.fill((await designer.codeText()).replace('"Next": "Second"', '"Next": "Secnd"'));
  await designer.button(/^\d problems?$/).click();
  await expect(designer.problems).toContainText('Secnd');
  await expect(designer.card('First').getByRole('img', { name: 'Has problems' })).toBeVisible();
  await expect(designer.button('Save')).toHaveAttribute('aria-disabled', 'true');
  await designer.problems.getByRole('button', { name: /Secnd.*First/ }).click();
  await expect(designer.inspector.getByLabel('Name')).toHaveValue('First');

  await designer.problems.getByRole('button', { name: 'Go to "Second" instead' }).click();
  await expect(designer.problems).toContainText('This flow can be saved and run.');
  await expect(designer.arrow('First', 'Second')).toBeAttached();
  await expect(page.getByRole('button', { name: 'No problems' })).toBeVisible();
});

test('[U44] a field says what is wrong with it while one types', async ({ flows, designer }) => {
  const States = { Wait: { Type: 'Wait', Seconds: 1, End: true } };
  await designer.open((await flows.make('Field', { QueryLanguage: 'JSONata', StartAt: 'Wait', States })).id);
  await designer.select('Wait');
  const seconds = designer.inspector.getByLabel('Seconds');
  await seconds.fill('-5');
  await expect(seconds).toHaveAttribute('aria-invalid', 'true');
  await expect(designer.button('1 problem')).toBeVisible();
  await seconds.fill('5');
  await expect(seconds).not.toHaveAttribute('aria-invalid');
  await expect(designer.button('No problems')).toBeVisible();
});

test('[U45] code of a function says while one types what cannot be read, and in which line', async ({
  page,
  flows,
  designer,
}) => {
  const task = {
    Type: 'Task',
    Resource: 'millrace:function',
    Arguments: { code: 'return 1;', input: '{% $states.input %}' },
    End: true,
  };
  const definition = { QueryLanguage: 'JSONata', StartAt: 'Count', States: { Count: task } };
  await designer.open((await flows.make('Syntax', definition)).id);
  await designer.select('Count');
  await designer.fill('Code', 'const a = 1;\nconst b = ;\nreturn a;');
  await expect(designer.inspector.getByText("Unexpected token ';' (line 2)")).toBeVisible();
  await expect(designer.inspector.locator('.cm-line').nth(1).locator('.cm-lintRange-error')).toBeVisible();
  await expect(designer.button('Save')).toHaveAttribute('aria-disabled', 'true');
  await expect(designer.button('1 problem')).toBeVisible();

  await designer.fill('Code', 'const a = 1;\nreturn a;');
  await expect(page.getByText(/Unexpected token/)).toBeHidden();
  await expect(designer.inspector.locator('.cm-lintRange-error')).toHaveCount(0);
  await designer.save(2);
});

test('[U46] expected statuses are written as codes, classes and ranges, and checked', async ({
  flows,
  designer,
}) => {
  const task = {
    Type: 'Task',
    Resource: 'millrace:http',
    Arguments: { url: 'http://127.0.0.1/' },
    End: true,
  };
  const definition = { QueryLanguage: 'JSONata', StartAt: 'Call', States: { Call: task } };
  await designer.open((await flows.make('Statuses', definition)).id);
  await designer.select('Call');
  const field = designer.inspector.getByLabel('Expected status');
  await field.fill('200-299, fine');
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await expect(designer.inspector.getByText(/^Write a status such as 404/)).toBeVisible();
  await field.fill('299-200');
  await expect(
    designer.inspector.getByText('The first status of a range must be the smaller one'),
  ).toBeVisible();
  await field.fill('200-299, 404');
  await expect(field).not.toHaveAttribute('aria-invalid');
  await designer.save(2);
  await designer.button('Code').click();
  await expect(designer.code).toContainText('"200-299"');
});
