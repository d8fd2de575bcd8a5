import { STATUS_CODES } from 'node:http';
import { z } from 'zod';
import { isObject, type Json, type JsonObject } from '@/lib/expression/json';
import type { TaskResult } from '@/lib/runner/ports';
import { formText } from './form-text';
import type { HttpClient } from './http-client';
import { headerRecord, httpAddress, httpParameters, queryRecord } from './http-parameters';
import { defineKind } from './kind';

const connection = z.looseObject({ ConnectionArn: z.string() }).optional();

const schema = z.strictObject({
  ApiEndpoint: httpAddress.meta({
    title: 'API endpoint',
    format: 'uri',
    problem: 'Write a whole address that begins with http:// or https://',
  }),
  Method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']).meta({ title: 'Method' }),
  Headers: headerRecord.meta({ title: 'Headers', format: 'pairs' }),
  QueryParameters: queryRecord.meta({ title: 'Query parameters', format: 'pairs' }),
  RequestBody: z.json().optional().meta({ title: 'Request body', format: 'json' }),
  Transform: z
    .strictObject({
      RequestBodyEncoding: z.enum(['NONE', 'URL_ENCODED']).optional(),
      RequestEncodingOptions: z
        .strictObject({
          ArrayFormat: z.enum(['INDICES', 'REPEAT', 'COMMAS', 'BRACKETS', 'NONE']).optional(),
        })
        .optional(),
    })
    .optional()
    .meta({ title: 'Transform', format: 'json' }),
  Authentication: connection.meta({
    title: 'Authentication',
    description: 'There are no connections here: it is left out, and its credentials belong into Headers.',
    format: 'json',
  }),
  InvocationConfig: connection.meta({
    title: 'Invocation config',
    description: 'There are no connections here: it is left out.',
    format: 'json',
  }),
});

type Invocation = z.output<typeof schema>;

/** AWS's HTTP Task, with its parameters, its result and its error names, so that a flow from there runs here. */
export function httpInvokeKind(client: HttpClient) {
  return defineKind({
    resource: 'arn:aws:states:::http:invoke',
    title: 'HTTP endpoint (AWS)',
    description: 'Calls a service over HTTP, as an HTTP Task of AWS does.',
    icon: 'globe',
    schema,
    initial: { ApiEndpoint: '', Method: 'GET' },
    isOffered: false,
    call: async (call, invocation) => {
      if (invocation.Authentication !== undefined || invocation.InvocationConfig !== undefined)
        call.log('warn', 'There are no connections here: nothing of the one that is named was sent.');
      return inTheirWords(await client.send(call, requestOf(invocation)));
    },
  });
}

function requestOf(invocation: Invocation) {
  const {
    ApiEndpoint: url,
    Method: method,
    Headers: headers,
    QueryParameters: query,
    RequestBody,
  } = invocation;
  const isForm = invocation.Transform?.RequestBodyEncoding === 'URL_ENCODED';
  const body = isForm && isObject(RequestBody) ? formText(RequestBody, arraysOf(invocation)) : RequestBody;
  return httpParameters.parse({
    url,
    method,
    ...(query === undefined ? {} : { query }),
    ...(body === undefined ? {} : { body }),
    headers: { ...(isForm ? { 'content-type': 'application/x-www-form-urlencoded' } : {}), ...headers },
  });
}

function arraysOf({ Transform }: Invocation) {
  return Transform?.RequestEncodingOptions?.ArrayFormat ?? 'INDICES';
}

function inTheirWords(result: TaskResult): TaskResult {
  if (result.kind === 'succeeded') return { kind: 'succeeded', output: answerOf(result.output) };
  if (result.kind !== 'failed') return result;
  const { error, cause } = result;
  if (error === 'Http.ConnectionFailed' || error === 'States.Timeout')
    return { kind: 'failed', error: 'States.Http.Socket', cause };
  return { kind: 'failed', error: error.replace(/^Http\.Status\./, 'States.Http.StatusCode.'), cause };
}

function answerOf(output: Json): JsonObject {
  const { status = 0, headers = {}, body = null } = isObject(output) ? output : {};
  return {
    StatusCode: status,
    StatusText: STATUS_CODES[Number(status)] ?? '',
    Headers: Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name, [value]])),
    ResponseBody: body,
  };
}
