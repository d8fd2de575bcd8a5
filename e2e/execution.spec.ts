import type { Outside } from './outside';
import { expect, test } from './test';

/** Two calls, one after the other. */
function calls(outside: Outside): object {
  const call = (path: string) => ({
    Type: 'Task',
    Resource: 'millrace:http',
    Arguments: { method: 'POST', url: outside.url(path), body: '{% $states.input %}' },
  });
  const States = { First: { ...call('/first'), Next: 'Second' }, Second: { ...call('/second'), End: true } };
  return { QueryLanguage: 'JSONata', StartAt: 'First', States };
}

const callback = {
  QueryLanguage: 'JSONata',
  StartAt: 'Ask',
  States: {
    Ask: { Type: 'Task', Resource: 'millrace:callback', Arguments: { title: 'Approve' }, Next: 'Done' },
    Done: { Type: 'Pass', End: true },
  },
};

test('[U60] each step changes its colour and its word while it happens', async ({
  flows,
  outside,
  execution,
}) => {
  outside.hold('/first');
  outside.hold('/second');
  await execution.open(await flows.start(await flows.make('Live', calls(outside))));
  await execution.expectStatus('First', 'Running');
  await expect(execution.card('Second')).not.toContainText(/Running|Succeeded/);
  outside.letGo('/first');
  await execution.expectStatus('First', 'Succeeded');
  await execution.expectStatus('Second', 'Running');
  outside.letGo('/second');
  await execution.expectEnd('Succeeded');
  await execution.expectStatus('Second', 'Succeeded');
});

test('[U61] a step shows its input, output, attempts, logs and definition', async ({
  flows,
  outside,
  execution,
}) => {
  await execution.open(await flows.start(await flows.make('Step', calls(outside)), { order: 'A-7' }));
  await execution.expectEnd('Succeeded');
  const panel = await execution.choose('First');
  await execution.openTab('First', 'Input');
  await expect(panel).toContainText('"A-7"');
  await execution.openTab('First', 'Output');
  await expect(panel).toContainText('"/first"');
  await execution.openTab('First', 'Error');
  await expect(panel).toContainText('Nothing has gone wrong in this step.');
  await execution.openTab('First', 'Attempts');
  await expect(panel.getByRole('article', { name: 'Attempt 1' })).toContainText('millrace:http');
  await execution.openTab('First', 'Logs');
  await expect(panel.getByRole('log', { name: 'Logs' })).toContainText('200 after');
  await execution.openTab('First', 'Definition');
  await expect(panel).toContainText('/States/First');
});

test('[U62] a failed step is retried with another input, and keeps what it was given first', async ({
  page,
  flows,
  outside,
  execution,
}) => {
  outside.fall('/first');
  await execution.open(await flows.start(await flows.make('Edited', calls(outside)), { order: 'wrong' }));
  await execution.expectEnd('Failed');
  outside.heal('/first');
  await expect(page.getByText(/^Retry calls .+ again, with the same input/).first()).toBeVisible();
  await execution.askToRetryWithInput();
  const dialog = page.getByRole('dialog', { name: /^Retry First/ });
  await dialog.getByRole('textbox', { name: 'Step input' }).fill('{"order": "right"}');
  await dialog.getByLabel('Your name (optional)').fill('Ada');
  await dialog.getByLabel('Why (optional)').fill('The order was mistyped');
  await dialog.getByRole('button', { name: 'Retry step' }).click();

  await execution.expectEnd('Succeeded');
  expect(outside.calls.filter(({ path }) => path === '/first').map(({ body }) => JSON.parse(body))).toEqual([
    { order: 'wrong' },
    { order: 'right' },
  ]);
  const first = execution.panel('First').getByRole('article', { name: 'Attempt 1' });
  const second = execution.panel('First').getByRole('article', { name: 'Attempt 2' });
  await expect(second).toContainText('The order was mistyped');
  await expect(second).toContainText('Ada');
  await first.getByRole('button', { name: /^Attempt 1/ }).click();
  await expect(first).toContainText('"wrong"');
});

test('[U63] a failed execution is redriven: what failed runs again, what succeeded does not', async ({
  page,
  flows,
  outside,
  execution,
}) => {
  outside.fall('/second');
  await execution.open(await flows.start(await flows.make('Redrive', calls(outside))));
  await execution.expectEnd('Failed');
  outside.heal('/second');
  await page.getByRole('button', { name: 'Redrive' }).click();
  const dialog = page.getByRole('dialog', { name: /^Redrive from failure/ });
  await expect(dialog).toContainText('Second');
  await dialog.getByRole('button', { name: 'Redrive execution' }).click();
  await execution.expectEnd('Succeeded');
  expect([outside.count('/first'), outside.count('/second')]).toEqual([1, 2]);
});

test('[U64] a running execution is stopped, with what that cuts short said before', async ({
  page,
  flows,
  outside,
  execution,
}) => {
  outside.hold('/first');
  await execution.open(await flows.start(await flows.make('Stop', calls(outside))));
  await execution.expectStatus('First', 'Running');
  await page.getByRole('button', { name: 'Stop' }).click();
  const dialog = page.getByRole('dialog', { name: 'Stop this execution?' });
  await expect(dialog).toContainText('First will be given up');
  await dialog.getByRole('button', { name: 'Stop execution' }).click();
  await execution.expectEnd('Stopped');
  await execution.expectStatus('First', 'Stopped');
});

test('[U65] an execution is started again with an input that was edited', async ({
  page,
  flows,
  outside,
  execution,
}) => {
  await execution.open(await flows.start(await flows.make('Again', calls(outside)), { order: 1 }));
  await execution.expectEnd('Succeeded');
  const before = page.url();
  await page.getByRole('button', { name: 'Start again' }).click();
  const dialog = page.getByRole('dialog', { name: 'Start again' });
  await expect(dialog.getByRole('textbox', { name: 'Input' })).toContainText('"order": 1');
  await dialog.getByRole('textbox', { name: 'Input' }).fill('{"order": 2}');
  await dialog.getByRole('button', { name: 'Start execution' }).click();
  await expect(page).not.toHaveURL(before);
  await execution.expectEnd('Succeeded');
  expect(outside.calls.filter(({ path }) => path === '/first').map(({ body }) => JSON.parse(body))).toEqual([
    { order: 1 },
    { order: 2 },
  ]);
});

test('[U66] a callback is completed by a button', async ({ page, flows, execution }) => {
  await execution.open(await flows.start(await flows.make('Callback', callback)));
  await execution.expectStatus('Ask', 'Waiting');
  const panel = await execution.choose('Ask');
  await panel.getByRole('button', { name: 'Complete callback…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Complete Ask' });
  await dialog.getByRole('textbox', { name: 'Output' }).fill('{"approved": true}');
  await dialog.getByRole('button', { name: 'Complete step' }).click();
  await execution.expectEnd('Succeeded');
  await execution.choose('Done');
  await execution.openTab('Done', 'Input');
  await expect(execution.panel('Done')).toContainText('"approved"');
});

test('[U67] a callback is failed by a button, with the error that was said', async ({
  page,
  flows,
  execution,
}) => {
  await execution.open(await flows.start(await flows.make('Rejected', callback)));
  await execution.expectStatus('Ask', 'Waiting');
  const panel = await execution.choose('Ask');
  await panel.getByRole('button', { name: 'Complete callback…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Complete Ask' });
  await dialog.getByRole('tab', { name: 'Failure' }).click();
  await dialog.getByLabel('Error').fill('Too.Expensive');
  await dialog.getByLabel('Cause').fill('Over the limit');
  await dialog.getByRole('button', { name: 'Fail step' }).click();
  await execution.expectEnd('Failed');
  await expect(execution.banner).toContainText('Too.Expensive');
  await expect(execution.banner).toContainText('Over the limit');
});

test('[U68] the iterations of a Map are counted, filtered and looked into', async ({ flows, execution }) => {
  const States = {
    Each: {
      Type: 'Map',
      Items: '{% $states.input.items %}',
      ItemProcessor: {
        // Only a distributed Map tolerates failures.
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        StartAt: 'Even?',
        States: {
          'Even?': {
            Type: 'Choice',
            Choices: [{ Condition: '{% $states.input % 2 = 0 %}', Next: 'Good' }],
            Default: 'Bad',
          },
          Good: { Type: 'Succeed' },
          Bad: { Type: 'Fail', Error: 'Odd' },
        },
      },
      End: true,
    },
  };
  const flow = await flows.make('Map', { QueryLanguage: 'JSONata', StartAt: 'Each', States });
  await execution.open(await flows.start(flow, { items: [1, 2, 4] }));
  await execution.expectEnd('Failed');
  await execution.row('Each').click();
  await execution.openTab('Each', 'Iterations');
  const panel = execution.panel('Each');
  await panel.getByRole('button', { name: '1 failed' }).click();
  await expect(panel.getByRole('button', { name: /^Iteration / })).toHaveCount(1);
  await panel.getByRole('button', { name: /^Iteration 0/ }).click();
  await expect(execution.page.getByRole('navigation', { name: 'Around this step' })).toContainText(
    'iteration 0',
  );
});

test('[U69] the raw events of an execution are there to be read', async ({
  page,
  flows,
  outside,
  execution,
}) => {
  await execution.open(await flows.start(await flows.make('Events', calls(outside))));
  await execution.expectEnd('Succeeded');
  await page.getByRole('tab', { name: /^Events/ }).click();
  const events = page.getByRole('list', { name: 'Events' });
  await events.getByRole('button', { name: 'Event 1 ExecutionStarted' }).click();
  await expect(events).toContainText('"ExecutionStarted"');
});

test('[U71] what a list of executions shows as failed is redriven in one go', async ({
  page,
  flows,
  outside,
  execution,
}) => {
  outside.fall('/second');
  const flow = await flows.make('Outage', calls(outside));
  const ids = [await flows.start(flow), await flows.start(flow)];
  for (const id of ids) {
    await execution.open(id);
    await execution.expectEnd('Failed');
  }
  outside.heal('/second');
  await page.goto(`/flows/${flow.id}/executions`);
  await page.getByRole('button', { name: 'Redrive these executions…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Redrive 2 executions?' });
  await dialog.getByLabel('Why (optional)').fill('The service is back');
  await dialog.getByRole('button', { name: 'Redrive executions' }).click();

  await expect(page.getByText('2 executions go on')).toBeVisible();
  await execution.open(ids[0] ?? '');
  await execution.expectEnd('Succeeded');
  expect(outside.calls.filter(({ path }) => path === '/first')).toHaveLength(2);
});
