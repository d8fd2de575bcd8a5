import { isObject, type Json, type JsonObject } from '@/lib/expression/json';

/** How the resources that speak HTTP name the parts of a request and of their answer. */
const speaking: { readonly [resource: string]: { readonly [part: string]: string } } = {
  'millrace:http': {
    method: 'method',
    url: 'url',
    headers: 'headers',
    body: 'body',
    statusCode: 'status',
    statusMessage: 'statusText',
    answerHeaders: 'headers',
    answerBody: 'body',
  },
  'arn:aws:states:::http:invoke': {
    method: 'Method',
    url: 'ApiEndpoint',
    headers: 'Headers',
    body: 'RequestBody',
    statusCode: 'StatusCode',
    statusMessage: 'StatusText',
    answerHeaders: 'Headers',
    answerBody: 'ResponseBody',
  },
};

/** What TRACE shows of an HTTP task: the request that would be sent, and the response that the mock stands for. */
export function exchangeOf(resource: string, notes: JsonObject, mocked: Json | undefined): JsonObject {
  const names = speaking[resource.replace(/\.waitForTaskToken$/, '')];
  if (names === undefined) return {};
  const sent = notes.afterArguments ?? notes.afterParameters;
  const request = partsOf(sent, names, ['method', 'url', 'headers', 'body']);
  const response = partsOf(mocked, names, ['statusCode', 'statusMessage', 'answerHeaders', 'answerBody']);
  return {
    ...(sent === undefined ? {} : { request }),
    ...(mocked === undefined ? {} : { response }),
  };
}

function partsOf(
  value: Json | undefined,
  names: { readonly [part: string]: string },
  parts: readonly string[],
): JsonObject {
  const given = isObject(value) ? value : {};
  return Object.fromEntries(
    parts.flatMap((part): [string, Json][] => {
      const found = given[names[part] ?? ''];
      return found === undefined ? [] : [[shown[part] ?? part, found]];
    }),
  );
}

const shown: { readonly [part: string]: string } = { answerHeaders: 'headers', answerBody: 'body' };
