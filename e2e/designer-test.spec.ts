import type { Designer } from './pages/designer';
import { expect, test } from './test';

const flow = {
  StartAt: 'Decide',
  States: {
    Decide: {
      Type: 'Choice',
      Choices: [{ Variable: '$limit', NumericLessThan: 5, Next: 'Charge' }],
      Default: 'Done',
    },
    Charge: {
      Type: 'Task',
      Resource: 'millrace:http',
      Parameters: { method: 'POST', 'url.$': '$.url', body: { 'run.$': '$$.Execution.Name' } },
      ResultSelector: { 'status.$': '$.status' },
      ResultPath: '$.answer',
      Retry: [{ ErrorEquals: ['Http.Status.503'], IntervalSeconds: 2, BackoffRate: 3, MaxAttempts: 2 }],
      Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.why', Next: 'Each' }],
      Next: 'Each',
    },
    Each: {
      Type: 'Map',
      ItemsPath: '$.items',
      ItemSelector: { 'v.$': '$$.Map.Item.Value' },
      ItemProcessor: { StartAt: 'Item', States: { Item: { Type: 'Pass', End: true } } },
      Next: 'Done',
    },
    Done: { Type: 'Succeed' },
  },
};

async function tried(designer: Designer, fields: { readonly [label: string]: string }) {
  for (const [label, text] of Object.entries(fields))
    await designer.inspector.getByLabel(label, { exact: true }).fill(text);
  await designer.button('Test this state').click();
  return designer.inspector.getByRole('region', { name: 'Test result' });
}

async function open(designer: Designer, flowId: string, state: string): Promise<void> {
  await designer.open(flowId);
  // By its name: in the middle of a Map stands what is inside of it.
  await designer.card(state).getByText(state, { exact: true }).click();
  await expect(designer.inspector.getByLabel('Name')).toHaveValue(state);
  await designer.tab('Test').click();
}

test('[U47] a Choice is tried with variables', async ({ flows, designer }) => {
  await open(designer, (await flows.make('Choose', flow)).id, 'Decide');
  const result = await tried(designer, { Variables: '{"limit": 3}' });
  await expect(result.getByRole('status')).toHaveText('Succeeds');
  await expect(result).toContainText('Goes on to Charge');
  await tried(designer, { Variables: '{"limit": 9}' });
  await expect(result).toContainText('Goes on to Done');

  await designer.fill('Variables', '[9]');
  await expect(designer.inspector.getByText('Write an object: {"name": "value"}')).toBeVisible();
  await expect(designer.button('Test this state')).toBeDisabled();
});

test('[U47] a Task is tried with a result, and with an error that is retried and then caught', async ({
  flows,
  designer,
}) => {
  await open(designer, (await flows.make('Charge', flow)).id, 'Charge');
  await designer.choose('Show', 'Each stage and the HTTP request');
  const result = await tried(designer, {
    Input: '{"url": "http://a"}',
    Result: '{"status": 201}',
    'Context object': '{"Execution": {"Name": "mine"}}',
  });
  await expect(result.getByRole('status')).toBeInViewport();
  await expect(result).toContainText('Goes on to Each');
  await expect(result.getByText('HTTP request')).toBeVisible();
  await expect(result.getByText('"mine"').first()).toBeVisible();

  await designer.choose('What the outside does', 'It fails with an error');
  await tried(designer, { Error: 'Http.Status.503', 'Retries so far': '1' });
  await expect(result).toContainText('Fails and is tried again');
  await expect(result).toContainText('Taken by rule 1 of Retry, in 6 seconds');
  await tried(designer, { 'Retries so far': '2' });
  await expect(result).toContainText('Fails and is caught');
  await expect(result).toContainText('Taken by rule 1 of Catch');

  await designer.choose('Show', 'What comes of it');
  await tried(designer, {});
  await expect(result.getByText('After InputPath')).toBeHidden();
  await expect(result.getByText('Output')).toBeVisible();
});

test('[U47] a Map shows what each of its items is given', async ({ flows, designer }) => {
  await open(designer, (await flows.make('Map', flow)).id, 'Each');
  const result = await tried(designer, { Input: '{"items": ["a", "b"]}', Result: '["x", "y"]' });
  await expect(result.getByRole('status')).toHaveText('Succeeds');
  await expect(result.getByText('Input of each item')).toBeVisible();
  await tried(designer, { Input: '{"items": 5}' });
  await expect(result).toContainText('Reference path "$.items" must point to array.');
});

test('[U47] a distributed Map is tried with what its reader has read and how many of its items have failed', async ({
  flows,
  designer,
}) => {
  const Rows = {
    Type: 'Map',
    ItemReader: {
      Resource: 'arn:aws:states:::s3:getObject',
      ReaderConfig: { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' },
      Parameters: { Bucket: 'b', Key: 'rows.csv' },
    },
    ItemProcessor: {
      ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
      StartAt: 'Row',
      States: { Row: { Type: 'Pass', End: true } },
    },
    ItemSelector: { 'row.$': '$$.Map.Item.Value' },
    ToleratedFailurePercentage: 50,
    End: true,
  };
  await open(designer, (await flows.make('Read', { StartAt: 'Rows', States: { Rows } })).id, 'Rows');
  const result = await tried(designer, {
    'What the reader has read': 'a,b\n1,2\n3,4',
    'Items that failed': '1',
  });
  await expect(result.getByRole('status')).toHaveText('Succeeds');
  await expect(result.getByText('Failures tolerated, in per cent')).toBeVisible();
  await expect(result.getByText('"3"').first()).toBeVisible();
  await tried(designer, { 'Items that failed': '2' });
  await expect(result).toContainText('States.ExceedToleratedFailureThreshold');
});

test('[U48] a computer that has lost its network goes on with the Millrace that runs on it', async ({
  page,
  flows,
  designer,
}) => {
  await open(designer, (await flows.make('Alone', flow)).id, 'Done');
  await page.evaluate(() => window.dispatchEvent(new Event('offline')));
  const result = await tried(designer, { Input: '{"a": 1}' });
  await expect(result.getByRole('status')).toHaveText('Succeeds', { timeout: 20_000 });
});
