import { describe, expect, it } from 'vitest';
import type { Json } from '@/lib/expression/json';
import type { State } from '@/lib/flow/model';
import { TestWorld } from './testing-world';

/** What a Task calls, and with what. */

const end = { End: true } as const;

function called(It: State, input: Json) {
  const world = new TestWorld({
    definition: { StartAt: 'It', States: { It } },
    input,
    answers: () => undefined,
  });
  const scheduled = world.events.find((event) => event.type === 'TaskScheduled');
  return { call: world.calls[0], scheduled };
}

describe('[E87] a Task', () => {
  it('calls its Resource, as it is written', () => {
    const { call } = called({ Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage', ...end }, { a: 1 });
    expect(call).toMatchObject({
      resource: 'arn:aws:states:::sqs:sendMessage',
      parameters: { a: 1 },
      attempt: 1,
    });
  });

  it.each<[string, object]>([
    ['as they stand', { Credentials: { RoleArn: 'arn:role' } }],
    ['from a path', { Credentials: { 'RoleArn.$': '$.role' } }],
    ['from a path in what InputPath chose', { InputPath: '$.in', Credentials: { 'RoleArn.$': '$.role' } }],
    ['in JSONata', { QueryLanguage: 'JSONata', Credentials: { RoleArn: '{% $states.input.role %}' } }],
  ])('hands on its Credentials %s', (_, more) => {
    const state = { Type: 'Task', Resource: 'r', ...end, ...more } as State;
    const { scheduled } = called(state, { role: 'arn:role', in: { role: 'arn:role' } });
    expect(scheduled).toMatchObject({ credentials: { RoleArn: 'arn:role' } });
  });

  it.each([
    ['arn:aws:states:::sqs:sendMessage.waitForTaskToken', true],
    ['arn:aws:states:::millrace:http.waitForTaskToken', true],
    ['millrace:callback', true],
    ['arn:aws:states:::sqs:sendMessage', false],
    ['arn:aws:states:::states:startExecution.sync', false],
    ['millrace:http', false],
  ])('%s has a token: %s', (Resource, hasToken) => {
    expect(called({ Type: 'Task', Resource, ...end }, {}).call?.token !== undefined).toBe(hasToken);
  });
});
