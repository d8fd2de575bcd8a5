import { describe, expect, test } from 'vitest';
import type { State } from '@/lib/flow/model';
import { blankFor, blankTrial, isReadable, requestOf, type Trial, takenBy } from './trial';

const task: State = { Type: 'Task', Resource: 'millrace:http', End: true };
const map: State = {
  Type: 'Map',
  ItemReader: { Resource: 'millrace:files' },
  ItemProcessor: {
    ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
    StartAt: 'One',
    States: { One: { Type: 'Succeed' } },
  },
  End: true,
};
const asked = (state: State, part: Partial<Trial> = {}) =>
  requestOf({ ...blankFor(state), ...part }, state, { stateName: 'It', language: 'JSONata' });

describe('the test of a state', () => {
  test('asks for what was typed, of this state alone: mistakes elsewhere in the flow do not matter', () => {
    expect(asked({ Type: 'Succeed' }, { input: '[1]', variables: '{"v":2}' })).toEqual({
      definition: { QueryLanguage: 'JSONata', StartAt: 'It', States: { It: { Type: 'Succeed' } } },
      input: [1],
      variables: { v: 2 },
      inspectionLevel: 'DEBUG',
    });
  });

  test('mocks a result or an error where the outside has to answer', () => {
    expect(asked(task, { result: '{"ok":true}' }).mock).toEqual({
      result: { ok: true },
      fieldValidationMode: 'NONE',
    });
    expect(asked(task, { answers: 'error', error: 'E' }).mock).toEqual({ errorOutput: { error: 'E' } });
    expect(asked(map).mock).toEqual({ result: [], fieldValidationMode: 'NONE' });
  });

  test('tells of the context, the retries so far and the level', () => {
    const part = { context: '{"Execution":{"Name":"n"}}', retries: 2, level: 'TRACE' as const };
    expect(asked(task, part)).toMatchObject({
      context: { Execution: { Name: 'n' } },
      stateConfiguration: { retrierRetryCount: 2 },
      inspectionLevel: 'TRACE',
    });
    expect(asked({ Type: 'Succeed' }, { retries: 2 })).not.toHaveProperty('stateConfiguration');
  });

  test('tells a distributed Map how many items failed and what its reader has read', () => {
    expect(asked(map, { failures: 1, read: '[1,2]' }).stateConfiguration).toEqual({
      mapIterationFailureCount: 1,
      mapItemReaderData: '[1,2]',
    });
    expect(asked(task, { failures: 1, read: '[1,2]' })).not.toHaveProperty('stateConfiguration');
  });

  test('is possible once all that has to be JSON is', () => {
    expect(isReadable(blankTrial, task)).toBe(true);
    expect(isReadable({ ...blankTrial, context: '{' }, task)).toBe(false);
    expect(isReadable({ ...blankTrial, result: '{' }, task)).toBe(false);
    expect(isReadable({ ...blankTrial, result: '{', answers: 'error' }, task)).toBe(true);
    expect(isReadable({ ...blankTrial, result: '{' }, { Type: 'Succeed' })).toBe(true);
  });

  test('needs variables by name', () => {
    expect(['{}', '{"v":1}'].every((variables) => isReadable({ ...blankTrial, variables }, task))).toBe(true);
    expect(['[]', '1', 'null', ''].some((variables) => isReadable({ ...blankTrial, variables }, task))).toBe(
      false,
    );
  });

  test.each<[object, string | undefined]>([
    [{ retryIndex: 1, retryBackoffIntervalSeconds: 6 }, 'rule 2 of Retry, in 6 seconds'],
    [{ retryIndex: 0, retryBackoffIntervalSeconds: 1 }, 'rule 1 of Retry, in 1 second'],
    [{ catchIndex: 0 }, 'rule 1 of Catch'],
    [{}, undefined],
  ])('says which rule took the error: %j', (details, sentence) => {
    expect(takenBy(details)).toBe(sentence);
  });
});
