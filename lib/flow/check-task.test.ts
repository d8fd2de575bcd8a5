import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '@/lib/expression/json';
import { check } from './check';
import { problems, problemsOf } from './testing-check';

const end = { End: true };
const task = { Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:123456789012:function:f', ...end };

describe('[F30] tasks', () => {
  const calling = (Resource: string) => ({ ...task, Resource });

  test.each<[string, boolean]>([
    ['arn:aws:lambda:us-east-1:123456789012:function:f:$LATEST', true],
    ['arn:aws:states:::dynamodb:putItem', true],
    ['arn:aws-cn:states:::aws-sdk:s3:listBuckets', true],
    ['arn:aws:states:us-east-1:123456789012:activity:a', true],
    ['millrace:http', true],
    ['acs:fc:::services/s/functions/f', true],
    ...(
      'apigateway athena aws-sdk batch bedrock codebuild databrew dynamodb ecs eks elasticmapreduce emr-containers ' +
      'emr-serverless events glue http lambda mediaconvert s3 sagemaker sns sqs states'
    )
      .split(' ')
      .map((service): [string, boolean] => [`arn:aws:states:::${service}:action`, true]),
    ['http', false],
    ['arn:aws:states:::nosuch:thing', false],
    ['', false],
  ])('%s', (resource, right) => {
    expect(problemsOf(calling(resource))).toEqual(right ? [] : ['RESOURCE /Resource']);
  });

  test('an express flow does not wait', () => {
    const definition = {
      StartAt: 'A',
      States: { A: calling('arn:aws:states:::states:startExecution.sync:2') },
    };

    expect(problems(definition)).toEqual([]);
    expect(problems(definition, { profile: 'express' })).toEqual(['EXPRESS_INTEGRATION /States/A/Resource']);
  });

  test.each<[string, JsonObject, boolean]>([
    ['millrace:callback', {}, false],
    ['millrace:flow', { flow: 'other' }, false],
    ['millrace:flow', { flow: 'other', wait: true }, false],
    ['millrace:flow', { flow: 'other', wait: false }, true],
    ['millrace:http', { url: 'https://example.org' }, true],
  ])('an express flow may use %s with %j: %s', (Resource, Parameters, right) => {
    const definition = { StartAt: 'A', States: { A: { Type: 'Task', Resource, Parameters, End: true } } };
    expect(problems(definition, { profile: 'express' })).toEqual(
      right ? [] : ['EXPRESS_INTEGRATION /States/A/Resource'],
    );
  });

  test('a token that nobody gets is doubtful', () => {
    expect(problemsOf(calling('arn:aws:states:::sqs:sendMessage.waitForTaskToken'))).toEqual([
      '?TASK_TOKEN_UNUSED /Resource',
    ]);
  });

  const kind = {
    resource: 'millrace:http',
    aliases: ['arn:aws:states:::http:ours'],
    parameters: {
      type: 'object',
      properties: {
        method: { type: 'string', enum: ['GET', 'PUT'] },
        url: { type: 'string', pattern: '^https?:', problem: 'Write a whole address' },
        seconds: { type: 'number', exclusiveMinimum: 0, maximum: 9 },
        status: {
          anyOf: [
            { type: 'integer', minimum: 100 },
            { type: 'array', items: { type: 'integer' } },
          ],
        },
        headers: {
          type: 'object',
          propertyNames: { type: 'string', pattern: '^[a-z]+$', problem: 'no name' },
          additionalProperties: { anyOf: [{ type: 'string' }, { type: 'number' }] },
        },
        body: { $ref: '#/$defs/json' },
      },
      required: ['url'],
      additionalProperties: false,
    },
    inspect: (parameters: Json) => [{ pointer: '/url', message: `seen ${JSON.stringify(parameters)}` }],
  };
  const parametersOf = (given: JsonObject, language: 'JSONPath' | 'JSONata') =>
    check(
      {
        QueryLanguage: language,
        StartAt: 'A',
        States: {
          A: { ...calling('millrace:http'), [language === 'JSONata' ? 'Arguments' : 'Parameters']: given },
        },
      },
      { tasks: [kind] },
    ).map(({ pointer, message }) => [pointer.replace(/^.*?(Parameters|Arguments)/, ''), message]);

  test('parameters that the schema does not allow are said at their place', () => {
    const wrong = {
      method: 'PUTT',
      url: 'x',
      seconds: 10,
      status: [200, 'x'],
      headers: { 'a b': 'x', ok: null },
      body: { any: ['thing'] },
      metod: 1,
    };
    expect(parametersOf(wrong, 'JSONPath')).toEqual([
      ['/method', 'This must be one of "GET" or "PUT"'],
      ['/url', 'Write a whole address'],
      ['/seconds', 'This must be at most 9'],
      ['/status/1', 'This must be a whole number'],
      ['/headers/a b', 'The name "a b" is wrong: no name'],
      ['/headers/ok', 'This must be a text or a number'],
      ['/metod', 'There is no parameter "metod": do you mean "method"?'],
    ]);
    expect(parametersOf({}, 'JSONPath')).toEqual([['/url', '"url" must be given']]);
  });

  test('each has its code and its pointer', () => {
    const state = { ...calling('millrace:http'), Parameters: { url: 'x' } };
    expect(check({ StartAt: 'A', States: { A: state } }, { tasks: [kind] })).toMatchObject([
      { code: 'TASK_PARAMETERS', severity: 'error', pointer: '/States/A/Parameters/url' },
    ]);
  });

  test('what is computed is not checked, what stands beside it is', () => {
    expect(parametersOf({ 'url.$': '$.x', method: 'NO' }, 'JSONPath')).toEqual([
      ['/method', 'This must be one of "GET" or "PUT"'],
    ]);
    expect(parametersOf({ url: '{% $states.input %}', seconds: 0, headers: '{% 1 %}' }, 'JSONata')).toEqual([
      ['/seconds', 'This must be more than 0'],
    ]);
  });

  test('what no schema can say is asked where everything is known', () => {
    expect(parametersOf({ url: 'http:x' }, 'JSONPath')).toEqual([['/url', 'seen {"url":"http:x"}']]);
  });

  test('what is known is asked about beside what is computed; that other things are missing says nothing', () => {
    expect(parametersOf({ url: 'http:x', 'body.$': '$' }, 'JSONPath')).toEqual([
      ['/url', 'seen {"url":"http:x"}'],
    ]);
    expect(parametersOf({ 'url.$': '$.x', method: 'PUT' }, 'JSONPath')).toEqual([]);
    expect(parametersOf({ url: '{% $states.input %}', method: 'PUT' }, 'JSONata')).toEqual([]);
  });

  test.each([
    ['millrace:http.waitForTaskToken', []],
    ['arn:aws:states:::http:ours', []],
    ['millrace:htpp', ['UNKNOWN_RESOURCE /States/A/Resource']],
    ['arn:aws:states:::sqs:sendMessage', ['?UNKNOWN_RESOURCE /States/A/Resource']],
    ['arn:aws:lambda:eu-west-1:123456789012:function:x', ['?UNKNOWN_RESOURCE /States/A/Resource']],
  ])('what nothing here can call is told, ours as an error: %s', (resource, expected) => {
    const definition = {
      StartAt: 'A',
      States: { A: { ...calling(resource), Parameters: { 'url.$': '$', 'body.$': '$$.Task.Token' } } },
    };
    expect(problems(definition, { tasks: [kind] })).toEqual(expected);
    expect(problems(definition)).toEqual([]);
  });
});
