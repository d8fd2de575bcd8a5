import type { HttpClient } from './http-client';
import { httpParameters } from './http-parameters';
import { defineKind } from './kind';

/** Sends one HTTP request. Its result is `{status, headers, body}`; a JSON body is parsed. */
export function httpKind(client: HttpClient) {
  return defineKind({
    resource: 'millrace:http',
    title: 'HTTP request',
    description: 'Calls a service over HTTP and checks its answer.',
    icon: 'globe',
    schema: httpParameters,
    initial: { method: 'GET', url: '' },
    call: (call, parameters) => client.send(call, parameters),
  });
}
