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

describe('[E30] one state, tried alone', () => {
  it('a mocked result goes through ResultSelector, ResultPath and OutputPath', () => {
    const definition = {
      ...task,
      InputPath: '$.order',
      Parameters: { 'id.$': '$.id' },
      ResultSelector: { 'paid.$': '$.amount' },
      ResultPath: '$.bill',
      OutputPath: '$.bill',
    };
    expect(tried({ definition, input: { order: { id: 7 } }, mock: { result: { amount: 5 } } })).toEqual({
      status: 'SUCCEEDED',
      output: { paid: 5 },
      inspectionData: {
        input: { order: { id: 7 } },
        afterInputPath: { id: 7 },
        afterParameters: { id: 7 },
        result: { amount: 5 },
        afterResultSelector: { paid: 5 },
        afterResultPath: { order: { id: 7 }, bill: { paid: 5 } },
      },
    });
  });

  it('a mocked error is retried while Retry has attempts left', () => {
    const definition = {
      ...task,
      Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 3, BackoffRate: 2, MaxAttempts: 2 }],
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Mend', ResultPath: '$.why' }],
    };
    const mock = { errorOutput: { error: 'Busy', cause: 'at noon' } };
    const withRetries = (retrierRetryCount: number) =>
      tried({ definition, input: { a: 1 }, mock, stateConfiguration: { retrierRetryCount } });
    expect(withRetries(1)).toMatchObject({
      status: 'RETRIABLE',
      error: 'Busy',
      cause: 'at noon',
      inspectionData: { errorDetails: { retryBackoffIntervalSeconds: 6, retryIndex: 0 } },
    });
    expect(withRetries(2)).toMatchObject({
      status: 'CAUGHT_ERROR',
      nextState: 'Mend',
      output: { a: 1, why: { Error: 'Busy', Cause: 'at noon' } },
      inspectionData: { errorDetails: { catchIndex: 0 } },
    });
  });

  it('the retry count is that of the entry that matches', () => {
    const Retry = [
      { ErrorEquals: ['Other'] },
      { ErrorEquals: ['Busy'], IntervalSeconds: 1, BackoffRate: 3, MaxAttempts: 3 },
    ];
    const withRetries = (retrierRetryCount: number) =>
      tried({
        definition: { ...task, Retry },
        mock: { errorOutput: { error: 'Busy' } },
        stateConfiguration: { retrierRetryCount },
      });
    expect([0, 1, 2].map(withRetries)).toMatchObject(
      [1, 3, 9].map((retryBackoffIntervalSeconds) => ({
        status: 'RETRIABLE',
        inspectionData: { errorDetails: { retryIndex: 1, retryBackoffIntervalSeconds } },
      })),
    );
    expect(withRetries(3)).toMatchObject({ status: 'FAILED', error: 'Busy' });
  });

  it.each<[string, Given, object]>([
    ['Pass', { definition: { Type: 'Pass', Result: 1, Next: 'B' } }, { output: 1, nextState: 'B' }],
    ['null', { definition: { Type: 'Succeed', QueryLanguage: 'JSONata', Output: null } }, { output: null }],
    ['Succeed', { definition: { Type: 'Succeed', OutputPath: '$.a' }, input: { a: 2 } }, { output: 2 }],
    [
      'Wait',
      { definition: { Type: 'Wait', Seconds: 9, Next: 'B' }, input: 3 },
      { output: 3, nextState: 'B' },
    ],
    [
      'Choice',
      { definition: { Type: 'Choice', Choices: [{ Variable: '$', NumericEquals: 4, Next: 'B' }] }, input: 4 },
      { output: 4, nextState: 'B' },
    ],
    [
      'Fail',
      { definition: { Type: 'Fail', ErrorPath: '$.e', Cause: 'c' }, input: { e: 'E' } },
      { error: 'E', cause: 'c' },
    ],
    [
      'Parallel',
      { definition: { Type: 'Parallel', Branches: [inner], End: true }, mock: { result: [1] } },
      { output: [1] },
    ],
  ])('%s', (_, given, expected) => {
    expect(tried(given)).toMatchObject(expected);
  });

  it('a Choice or a Wait can be told to fail', () => {
    const mock = { errorOutput: { error: 'E', cause: 'c' } };
    const wait = { Type: 'Wait', Seconds: 1, Next: 'B' };
    expect(tried({ definition: wait, mock })).toMatchObject({ status: 'FAILED', error: 'E', cause: 'c' });
    expect(tried({ definition: wait, mock: { result: {} }, input: 1 })).toMatchObject({ output: 1 });
  });

  it('a Choice that nothing matches fails', () => {
    const definition = { Type: 'Choice', Choices: [{ Variable: '$', NumericEquals: 4, Next: 'B' }] };
    expect(tried({ definition })).toMatchObject({ status: 'FAILED', error: 'States.NoChoiceMatched' });
  });

  it('variables and the context object are the ones given', () => {
    const definition = { Type: 'Pass', Parameters: { 'v.$': '$v', 'n.$': '$$.Execution.Name' }, End: true };
    const given = { definition, variables: { v: 1 }, context: { Execution: { Name: 'mine' } } };
    expect(tried(given)).toMatchObject({ output: { v: 1, n: 'mine' } });
  });

  it('an expression that fails can be caught; States.Runtime cannot', () => {
    const Catch = [{ ErrorEquals: ['States.ALL'], Next: 'Mend' }];
    const jsonata = { ...task, QueryLanguage: 'JSONata', Output: '{% $states.result.no %}', Catch };
    expect(tried({ definition: jsonata, mock: { result: {} } })).toMatchObject({ status: 'CAUGHT_ERROR' });
    const jsonpath = { ...task, ResultSelector: { 'x.$': '$.no' }, Catch };
    expect(tried({ definition: jsonpath, mock: { result: {} } })).toMatchObject({
      status: 'FAILED',
      error: 'States.Runtime',
    });
  });

  it('a catcher whose own expression fails does not catch', () => {
    const Catch = [{ ErrorEquals: ['States.ALL'], Output: '{% $states.errorOutput.no %}', Next: 'Mend' }];
    const definition = { ...task, QueryLanguage: 'JSONata', Catch };
    expect(tried({ definition, mock: { errorOutput: { error: 'Busy' } } })).toMatchObject({
      status: 'FAILED',
      error: 'States.QueryEvaluationError',
    });
    const into = { ...task, Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.why', Next: 'Mend' }] };
    expect(
      tried({ definition: into, input: 'text', mock: { errorOutput: { error: 'Busy' } } }),
    ).toMatchObject({ status: 'FAILED', error: 'States.ResultPathMatchFailure' });
  });

  it('an expression for a time limit that fails is a failure of the state', () => {
    const definition = { ...task, QueryLanguage: 'JSONata', TimeoutSeconds: '{% $states.input.no %}' };
    expect(tried({ definition, mock: { result: {} } })).toMatchObject({
      status: 'FAILED',
      error: 'States.QueryEvaluationError',
    });
  });

  it('an output that is larger than a payload may be is States.DataLimitExceeded', () => {
    const definition = { Type: 'Pass', Result: 'x'.repeat(262_144), End: true };
    expect(tried({ definition })).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
  });

  it('a state of a machine is found by its name, however deep it is nested', () => {
    const definition = {
      QueryLanguage: 'JSONata',
      StartAt: 'All',
      States: {
        All: {
          Type: 'Parallel',
          Branches: [
            {
              StartAt: 'Deep',
              States: { Deep: { Type: 'Pass', Output: '{% $states.input & "!" %}', End: true } },
            },
          ],
          End: true,
        },
      },
    };
    expect(tried({ definition, stateName: 'Deep', input: 'hi' })).toMatchObject({ output: 'hi!' });
    expect(tried({ definition, stateName: 'Nowhere' })).toMatchObject({ refused: 'ValidationException' });
    expect(tried({ definition: { Type: 'Succeed' }, stateName: 'Nowhere' })).toMatchObject({
      refused: 'ValidationException',
    });
  });
});

describe('[E31] what is noted on the way', () => {
  it('JSONata has arguments and variables, but no filters', () => {
    const definition = {
      ...task,
      QueryLanguage: 'JSONata',
      Arguments: { x: '{% $states.input.a %}' },
      Assign: { y: '{% $states.result.b %}' },
    };
    const outcome = tried({ definition, input: { a: 1 }, mock: { result: { b: 2 } } });
    expect(outcome).toMatchObject({
      inspectionData: { input: { a: 1 }, afterArguments: { x: 1 }, variables: { y: 2 } },
    });
    expect(JSON.stringify(outcome)).not.toContain('afterInputPath');
  });

  it('what a rule, the way to Default or a Pass assigns is noted', () => {
    const Choices = [{ Variable: '$', NumericEquals: 1, Next: 'B', Assign: { by: 'rule' } }];
    const choice = { Type: 'Choice', Choices, Default: 'B', Assign: { 'by.$': '$' } };
    const noted = (definition: Json, input: Json) => Object(tried({ definition, input })).inspectionData;
    expect(noted(choice, 1)).toMatchObject({ variables: { by: 'rule' } });
    expect(noted(choice, 2)).toMatchObject({ variables: { by: 2 } });
    const pass = { Type: 'Pass', Result: { a: 1 }, Assign: { 'v.$': '$.a' }, End: true };
    expect(noted(pass, {})).toMatchObject({ result: { a: 1 }, variables: { v: 1 } });
    const jsonata = {
      Type: 'Pass',
      QueryLanguage: 'JSONata',
      Assign: { v: '{% $states.input %}' },
      End: true,
    };
    expect(noted(jsonata, 3)).toMatchObject({ variables: { v: 3 } });
  });

  it('what a catcher assigns is noted', () => {
    const Catch = [{ ErrorEquals: ['States.ALL'], Assign: { 'why.$': '$.Error' }, Next: 'Mend' }];
    expect(tried({ definition: { ...task, Catch }, mock: { errorOutput: { error: 'Busy' } } })).toMatchObject(
      { status: 'CAUGHT_ERROR', inspectionData: { variables: { why: 'Busy' } } },
    );
  });

  it('INFO shows nothing of the way; TRACE also shows what an HTTP task sends and is answered', () => {
    const Parameters = { 'url.$': '$.at', method: 'PUT', body: { a: 1 } };
    const definition = { Type: 'Task', Resource: 'millrace:http', Parameters, End: true };
    const result = { status: 201, headers: { 'content-type': 'text/plain' }, body: 'ok' };
    const at = (inspectionLevel: 'INFO' | 'DEBUG' | 'TRACE') =>
      tried({ definition, input: { at: 'http://a' }, mock: { result }, inspectionLevel });
    expect(at('INFO')).toEqual({ status: 'SUCCEEDED', output: result });
    expect(JSON.stringify(at('DEBUG'))).not.toContain('"request"');
    expect(at('TRACE')).toMatchObject({
      inspectionData: {
        result,
        request: { method: 'PUT', url: 'http://a', body: { a: 1 } },
        response: { statusCode: 201, headers: { 'content-type': 'text/plain' }, body: 'ok' },
      },
    });
  });

  it('TRACE shows a call of http:invoke in its own words', () => {
    const Parameters = { ApiEndpoint: 'https://a', Method: 'POST', RequestBody: { a: 1 } };
    const definition = { Type: 'Task', Resource: 'arn:aws:states:::http:invoke', Parameters, End: true };
    const result = { StatusCode: 200, StatusText: 'OK', Headers: {}, ResponseBody: 'ok' };
    expect(tried({ definition, mock: { result }, inspectionLevel: 'TRACE' })).toMatchObject({
      inspectionData: {
        request: { method: 'POST', url: 'https://a', body: { a: 1 } },
        response: { statusCode: 200, statusMessage: 'OK', headers: {}, body: 'ok' },
      },
    });
  });

  it('what failed shows how far it came', () => {
    const definition = { Type: 'Pass', InputPath: '$.a', Parameters: { 'x.$': '$.no' }, End: true };
    expect(tried({ definition, input: { a: { b: 1 } } })).toMatchObject({
      status: 'FAILED',
      inspectionData: { input: { a: { b: 1 } }, afterInputPath: { b: 1 } },
    });
  });
});
