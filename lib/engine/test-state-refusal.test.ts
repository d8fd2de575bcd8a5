import { describe, expect, it } from 'vitest';
import type { Json } from '@/lib/expression/json';
import type { TestRequest } from './test-request';
import { testState } from './test-state';

type Given = Omit<TestRequest, 'at' | 'seed'>;

function tried(given: Given) {
  return testState({ ...given, at: Date.UTC(2026, 0, 1), seed: 'test' });
}

const task = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', End: true };
const inner = { StartAt: 'In', States: { In: { Type: 'Pass', End: true } } };
const distributed = { ...inner, ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } };

describe('[E32] what is not tried', () => {
  const refused = (given: Given) => {
    const outcome = tried(given);
    return 'refused' in outcome ? outcome.refused : outcome.status;
  };
  it.each<[string, Given, string]>([
    ['a wrong definition', { definition: { Type: 'Pass', Nope: 1, End: true } }, 'InvalidDefinition'],
    ['a Task without a mock', { definition: task }, 'ValidationException'],
    [
      'a Parallel without a mock',
      { definition: { Type: 'Parallel', Branches: [inner], End: true } },
      'InvalidDefinition',
    ],
    [
      'a Pass with a mock',
      { definition: { Type: 'Pass', End: true }, mock: { result: 1 } },
      'ValidationException',
    ],
    ['a mock of nothing', { definition: task, mock: {} }, 'ValidationException'],
    ['a mock of both', { definition: task, mock: { result: 1, errorOutput: {} } }, 'ValidationException'],
    [
      'a Parallel that answers no array',
      { definition: { Type: 'Parallel', Branches: [inner], End: true }, mock: { result: 1 } },
      'ValidationException',
    ],
    [
      'a Map with ResultWriter that answers an array',
      {
        definition: {
          Type: 'Map',
          ItemProcessor: distributed,
          ResultWriter: { Resource: 'arn:aws:states:::s3:putObject', Parameters: { Bucket: 'b' } },
          End: true,
        },
        mock: { result: [] },
      },
      'ValidationException',
    ],
    [
      'an error caused by a state that is not inside',
      {
        definition: { Type: 'Parallel', Branches: [inner], End: true },
        mock: { errorOutput: { error: 'Busy' } },
        stateConfiguration: { errorCausedByState: 'Nowhere' },
      },
      'ValidationException',
    ],
    [
      'a context that is none',
      { definition: task, mock: { result: {} }, context: [] },
      'ValidationException',
    ],
    [
      'a context with a section that there is not',
      { definition: task, mock: { result: {} }, context: { Map: {} } },
      'ValidationException',
    ],
    [
      'a context with a text for a count',
      { definition: task, mock: { result: {} }, context: { Execution: { RedriveCount: '1' } } },
      'ValidationException',
    ],
    [
      'failed iterations without a mock',
      { definition: { Type: 'Pass', End: true }, stateConfiguration: { mapIterationFailureCount: 1 } },
      'ValidationException',
    ],
    [
      'a context with a number for a name',
      { definition: task, mock: { result: {} }, context: { State: { Name: 1 } } },
      'ValidationException',
    ],
  ])('%s', (_, given, expected) => {
    expect(refused(given)).toBe(expected);
  });

  const answers = (Resource: string, result: Json, fieldValidationMode?: 'STRICT' | 'PRESENT' | 'NONE') =>
    tried({
      definition: { ...task, Resource },
      mock: { result, ...(fieldValidationMode === undefined ? {} : { fieldValidationMode }) },
    });

  it('a result is held against what the service answers with, as far as is asked', () => {
    const start = 'arn:aws:states:::states:startExecution';
    const missing = "Mock result schema validation error: Required field 'StartDate' is missing";
    expect(answers(start, { ExecutionArn: 'a' })).toMatchObject({ message: missing });
    expect(answers(start, { ExecutionArn: 'a' }, 'PRESENT')).toMatchObject({ status: 'SUCCEEDED' });
    expect(answers(start, { ExecutionArn: 1 }, 'PRESENT')).toMatchObject({ refused: 'ValidationException' });
    expect(answers(start, { ExecutionArn: 1 }, 'NONE')).toMatchObject({ status: 'SUCCEEDED' });
  });

  it.each<[string, Json, string | undefined]>([
    [
      'aws-sdk:lambda:getFunction',
      { Configuration: { MemorySize: 64 } },
      "Field 'MemorySize' is below the minimum value",
    ],
    ['aws-sdk:s3:getObject', { StorageClass: 'SHELF' }, "Field 'StorageClass' is not an expected value"],
    ['dynamodb:getItem', { Item: { id: { S: 1 } } }, "Field 'S' must be a string"],
    ['aws-sdk:dynamodb:query', { Items: {} }, "Field 'Items' must be an array"],
    ['sqs:sendMessage', { MessageId: 'm', Extra: 1 }, undefined],
    ['sqs:sendMessage', { MessageId: 1 }, "Field 'MessageId' must be a string"],
    ['sqs:sendMessage.waitForTaskToken', { MessageId: 1 }, undefined],
    ['states:startExecution.sync:2', { StartDate: 's' }, "Required field 'ExecutionArn' is missing"],
    ['unknownService:action', 5, undefined],
  ])('%s %j', (action, result, problem) => {
    const resource = action.startsWith('unknown') ? 'millrace:anything' : `arn:aws:states:::${action}`;
    const expected =
      problem === undefined
        ? { status: 'SUCCEEDED' }
        : { message: `Mock result schema validation error: ${problem}` };
    expect(answers(resource, result)).toMatchObject(expected);
  });
});
