import { describe, expect, test } from 'vitest';
import { contracts } from '@/lib/api/contracts';
import type { Json } from '@/lib/expression/json';
import { door } from './door';
import { tryState } from './state-test';

const POST = door(contracts.testState, tryState);

async function tried(body: Json): Promise<{ status: number; body: Json }> {
  const request = new Request('http://localhost/api/v1/test-state', {
    method: 'POST',
    headers: { 'content-type': 'application/json', host: 'localhost' },
    body: JSON.stringify(body),
  });
  const response = await POST(request, { params: Promise.resolve({}) });
  return { status: response.status, body: (await response.json()) as Json };
}

const task = {
  Type: 'Task',
  Resource: 'millrace:http',
  Parameters: { 'url.$': '$$.Execution.Name', 'body.$': '$v' },
  Retry: [{ ErrorEquals: ['E'], MaxAttempts: 1 }],
  Catch: [{ ErrorEquals: ['E'], Next: 'Mend' }],
  End: true,
};

describe('trying a state over the API', () => {
  test('takes context, variables, a mocked result and a level', async () => {
    const asked = {
      definition: task,
      variables: { v: null },
      context: { Execution: { Name: 'mine' } },
      mock: { result: { status: 200 } },
    };
    expect(await tried(asked)).toEqual({
      status: 200,
      body: { status: 'SUCCEEDED', output: { status: 200 } },
    });
    const debug = await tried({ ...asked, inspectionLevel: 'DEBUG' });
    expect(debug.body).toMatchObject({ inspectionData: { afterParameters: { url: 'mine', body: null } } });
    const trace = await tried({ ...asked, inspectionLevel: 'TRACE' });
    expect(trace.body).toMatchObject({
      inspectionData: { request: { url: 'mine', body: null }, response: { statusCode: 200 } },
    });
  });

  test('takes a mocked error and the retries so far', async () => {
    const withRetries = (retrierRetryCount: number) =>
      tried({
        definition: task,
        variables: { v: 1 },
        mock: { errorOutput: { error: 'E' } },
        stateConfiguration: { retrierRetryCount },
      });
    expect((await withRetries(0)).body).toMatchObject({ status: 'RETRIABLE', error: 'E' });
    expect((await withRetries(1)).body).toMatchObject({ status: 'CAUGHT_ERROR', nextState: 'Mend' });
  });

  test.each<[string, Json]>([
    ['a wrong definition', { definition: { Type: 'Pass', Nope: 1, End: true } }],
    ['no mock', { definition: task }],
    ['a level that there is not', { definition: { Type: 'Succeed' }, inspectionLevel: 'ALL' }],
    ['a field that there is not', { definition: { Type: 'Succeed' }, roleArn: 'r' }],
    ['no definition', {}],
    ['a list', []],
  ])('refuses %s in plain words', async (_, body) => {
    const answer = await tried(body);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(answer.body).toMatchObject({ title: expect.any(String), status: answer.status });
  });
});
