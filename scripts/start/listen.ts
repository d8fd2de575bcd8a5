import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
  STATUS_CODES,
} from 'node:http';
import { isIPv6 } from 'node:net';
import type { Duplex } from 'node:stream';
import { type ProblemDocument, problemDocument } from '@/lib/api/problem';
import { codeOf, Unstartable } from '@/lib/store/unstartable';
import { startingPage } from './starting-page';

type Answer = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

export interface Listening {
  readonly server: Server;
  /** Where a browser on this machine finds it. */
  readonly url: string;
  readonly port: number;
  /** From now on requests are answered by this; before that they hear that Millrace is starting. */
  readonly answerWith: (answer: Answer) => void;
}

/** How long a client may take: for its headers, and for a whole request. An answer may take as long as it takes. */
const patience = { headersTimeout: 15_000, requestTimeout: 60_000, connectionsCheckingInterval: 5_000 };

/** A request without Host is refused by us, in the API's own form. */
const settings = { ...patience, requireHostHeader: false };

/** Takes the port at once, so that a port in use is known before anything slow begins. Throws `Unstartable`. */
export async function listen(host: string, port: number): Promise<Listening> {
  let answer: Answer = starting;
  const server = createServer(settings, async (request, response) => {
    try {
      await answer(request, response);
    } catch (error) {
      console.error(error);
      refuse(response, problemDocument('internal', 'This is a defect of Millrace; its log says more.'));
    }
  });
  server.on('clientError', refuseBytes);
  // Whatever is expected (`Expect`), the request is answered as any other.
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
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

function refuse(response: ServerResponse, problem: ProblemDocument): void {
  if (!response.headersSent)
    response.writeHead(problem.status, { 'Content-Type': 'application/problem+json' });
  response.end(JSON.stringify(problem));
}

/** What cannot be read as HTTP gets the same kind of answer as everything else, and then the connection is closed. */
function refuseBytes(error: Error, socket: Duplex): void {
  if (!socket.writable || codeOf(error) === 'ECONNRESET') return void socket.destroy();
  const problem = problemOfBytes(codeOf(error));
  const text = JSON.stringify(problem);
  socket.end(
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}\r\nContent-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(text)}\r\nConnection: close\r\n\r\n${text}`,
  );
}

function problemOfBytes(code: string): ProblemDocument {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return problemDocument('headers-too-large', 'The headers of the request are too long.');
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return problemDocument('too-slow', 'The request did not arrive in time.');
    default:
      return problemDocument('invalid-request', 'What was sent is not HTTP.');
  }
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
  response.end(
    page
      ? startingPage
      : JSON.stringify(problemDocument('unavailable', 'Millrace is starting. Try again in a second.')),
  );
}
