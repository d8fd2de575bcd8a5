import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { isIPv6 } from 'node:net';
import { codeOf, Unstartable } from '@/lib/store/unstartable';

type Answer = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

export interface Listening {
  readonly server: Server;
  /** Where a browser on this machine finds it. */
  readonly url: string;
  readonly port: number;
  /** From now on requests are answered by this; before that they hear that Millrace is starting. */
  readonly answerWith: (answer: Answer) => void;
}

/** Takes the port at once, so that a port in use is known before anything slow begins. Throws `Unstartable`. */
export async function listen(host: string, port: number): Promise<Listening> {
  let answer: Answer = starting;
  const server = createServer(async (request, response) => {
    try {
      await answer(request, response);
    } catch (error) {
      console.error(error);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(new Unstartable(whyNotListening(error, host, port))));
    server.listen(port, host, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a listening TCP server has no port');
  return {
    server,
    url: `http://${reachableName(host)}:${address.port}`,
    port: address.port,
    answerWith: (next) => {
      answer = next;
    },
  };
}

function whyNotListening(error: Error, host: string, port: number): string {
  switch (codeOf(error)) {
    case 'EADDRINUSE':
      return `Port ${port} on ${host} is in use by another program. Stop that one, or choose another port: PORT=${port + 1} npm start.`;
    case 'EACCES':
      return `You may not use port ${port} on ${host}. Choose a port above 1023: PORT=3000 npm start.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `HOST is "${host}", which is no address of this machine. Set it to 127.0.0.1 for this machine alone, or to 0.0.0.0 for all who can reach it.`;
    default:
      return `Millrace cannot listen on ${host}, port ${port}: ${error.message}.`;
  }
}

function reachableName(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return isIPv6(host) ? `[${host}]` : host;
}

function starting(request: IncomingMessage, response: ServerResponse): void {
  const page = request.headers.accept?.includes('text/html') ?? false;
  response.writeHead(503, {
    'Content-Type': page ? 'text/html; charset=utf-8' : 'application/problem+json',
    'Retry-After': '1',
    'Cache-Control': 'no-store',
  });
  const title = 'Millrace is starting';
  response.end(
    page
      ? `<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="1"><meta name="color-scheme" content="light dark"><title>${title}</title><body style="font:14px system-ui;display:grid;place-items:center;height:95vh"><p>${title} …</p></body></html>`
      : JSON.stringify({ type: 'about:blank', title, status: 503, detail: 'Try again in a second.' }),
  );
}
