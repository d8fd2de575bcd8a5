import type { ServerResponse } from 'node:http';

/** An answer before it is given the form of whoever sends it. Names of headers are in lower case. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** A reply as Next sends it. */
export function responseOf({ status, headers, body }: Reply): Response {
  return new Response(body, { status, headers });
}

/** Sends a reply through Node's own response. */
export function send(response: ServerResponse, { status, headers, body }: Reply): void {
  response.writeHead(status, headers);
  response.end(body);
}
