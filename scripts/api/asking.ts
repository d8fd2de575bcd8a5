import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';

export interface Question {
  readonly method: string;
  /** As it goes over the wire. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Connections are kept: what one bad request leaves behind must not spoil the next. */
const agent = new Agent({ keepAlive: true });

/** One request, with nothing added or mended as `fetch` would. */
export function ask(url: string, { method, path, headers = {}, body }: Question): Promise<Reply> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const asked = request({ hostname, port, method, path, headers, agent }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
      });
    });
    let error: Error | undefined;
    // An answer that comes before the whole body was sent may be followed by a reset; the answer counts.
    asked.on('error', (failure) => {
      error = failure;
    });
    asked.on('close', () => setImmediate(() => error && reject(error)));
    asked.end(body);
  });
}

/** What the server says to bytes that need not be HTTP; '' where it only closes. Rejects when it says nothing for too long. */
export function sendRaw(url: string, bytes: string | Buffer, patience = 20_000): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    let text = '';
    socket.setTimeout(patience, () => {
      socket.destroy();
      reject(new Error(`no end after ${patience} ms; so far: ${text}`));
    });
    socket.on('data', (data) => {
      text += data;
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(text));
    socket.write(bytes);
  });
}
