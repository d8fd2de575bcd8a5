import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChildRequest } from '@/lib/runner/children-port';
import { callFor } from './call-for-test';
import { formText } from './form-text';
import { HttpClient } from './http-client';
import { httpInvokeKind } from './http-invoke';
import { ServerForTest } from './server-for-test';
import { startExecutionKinds } from './start-execution';

const client = new HttpClient();
let server: ServerForTest;
beforeAll(async () => {
  server = await ServerForTest.open();
});
afterAll(async () => {
  await Promise.all([client.close(), server.close()]);
});

describe("AWS's HTTP Task", () => {
  const kind = httpInvokeKind(client);
  const invoke = (more: { [name: string]: never } | object = {}) =>
    callFor(kind, { ApiEndpoint: `${server.url}/x`, Method: 'POST', ...more });

  it('[T16] takes its parameters and gives its result', async () => {
    server.json({ id: 7 }, 201);
    const { result, lines } = await invoke({
      Headers: { 'X-A': 'b' },
      QueryParameters: { q: ['1', '2'] },
      RequestBody: { n: 1 },
      Authentication: { ConnectionArn: 'arn:aws:events:eu-west-1:123456789012:connection/c/1' },
    });
    expect(server.seen.at(-1)).toMatchObject({
      method: 'POST',
      url: '/x?q=1&q=2',
      headers: { 'x-a': 'b' },
      body: '{"n":1}',
    });
    expect(result).toMatchObject({
      kind: 'succeeded',
      output: {
        StatusCode: 201,
        StatusText: 'Created',
        Headers: { 'content-type': ['application/json'] },
        ResponseBody: { id: 7 },
      },
    });
    expect(lines[0]).toMatch(/^warn: There are no connections here/);
  });

  it('[T16] writes forms', async () => {
    await invoke({ RequestBody: { a: [1, 2] }, Transform: { RequestBodyEncoding: 'URL_ENCODED' } });
    expect(server.seen.at(-1)).toMatchObject({
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'a%5B0%5D=1&a%5B1%5D=2',
    });
    const value = { a: [1, { b: 2 }], c: { d: 'x y' }, e: null };
    expect(
      ['REPEAT', 'BRACKETS', 'COMMAS', 'NONE'].map((arrays) =>
        decodeURIComponent(formText(value, arrays as never)),
      ),
    ).toEqual([
      'a=1&a[b]=2&c[d]=x+y&e=',
      'a[]=1&a[][b]=2&c[d]=x+y&e=',
      'a=1,{"b":2}&c[d]=x+y&e=',
      'a=[1,{"b":2}]&c[d]=x+y&e=',
    ]);
  });

  it('[T16] fails under its error names', async () => {
    server.json({ why: 'so' }, 404);
    expect((await invoke()).result).toMatchObject({
      error: 'States.Http.StatusCode.404',
      cause: '{"why":"so"}',
    });
    const gone = await ServerForTest.open();
    const { url } = gone;
    await gone.close();
    expect((await invoke({ ApiEndpoint: url })).result).toMatchObject({ error: 'States.Http.Socket' });
  });
});

describe("AWS's ways to start a flow", () => {
  const asked: ChildRequest[] = [];
  const [start, sync, sync2] = startExecutionKinds({
    start: async (request) => {
      asked.push(request);
      if (request.flow === 'none')
        return { ok: false, error: 'StateMachineDoesNotExist', cause: 'There is no flow "none".' };
      return { ok: true, executionId: 'e1', name: request.name, version: 1 };
    },
  });
  if (start === undefined || sync === undefined || sync2 === undefined)
    throw new Error('there are three of them');
  const StateMachineArn = 'arn:aws:states:eu-west-1:123456789012:stateMachine:book:3';

  it('[T17] an ARN means the flow of that name, in the version behind it', async () => {
    const { result } = await callFor(start, { StateMachineArn, Input: '{"n":1}' });
    expect(result).toMatchObject({ kind: 'succeeded', output: { ExecutionArn: 'e1' } });
    expect(asked.at(-1)).toMatchObject({ flow: 'book', version: 3, input: { n: 1 } });
    expect(asked.at(-1)).not.toHaveProperty('parent');
  });

  it('[T17] .sync and .sync:2 wait, and ask to be told in the words of each', async () => {
    expect((await callFor(sync, { StateMachineArn: 'book' })).result.kind).toBe('pending');
    expect(asked.at(-1)?.parent).toMatchObject({ step: 4, attempt: 1, told: 'text' });
    await callFor(sync2, { StateMachineArn: 'book', Input: { n: 1 } });
    expect(asked.at(-1)).toMatchObject({ flow: 'book', input: { n: 1 }, parent: { told: 'json' } });
  });

  it('[T17] a flow that is not there is told by the error of AWS', async () => {
    expect((await callFor(start, { StateMachineArn: 'none' })).result).toEqual({
      kind: 'failed',
      error: 'StepFunctions.StateMachineDoesNotExistException',
      cause: 'There is no flow "none".',
    });
  });
});
