import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

/** One request that came in. */
export interface Call {
  readonly path: string;
  readonly body: string;
  readonly key: string;
}

/**
 * A service of the outside world, over real HTTP: it writes down each call and answers it with JSON. A path can be ill (it
 * answers 503 until it is healed) or slow (it answers when it is let go).
 */
export class Outside {
  readonly calls: Call[] = [];
  readonly origin: string;
  readonly #server: Server;
  readonly #ill = new Set<string>();
  readonly #held = new Map<string, Set<() => void>>();

  static async open(): Promise<Outside> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new Outside(server);
  }

  private constructor(server: Server) {
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('the system gave no port');
    this.#server = server;
    this.origin = `http://127.0.0.1:${address.port}`;
    server.on('request', (request, response) => void this.#answer(request, response));
  }

  url(path: string): string {
    return `${this.origin}${path}`;
  }

  /** How many calls came to a path. */
  count(path: string): number {
    return this.calls.filter((call) => call.path === path).length;
  }

  fall(path: string): void {
    this.#ill.add(path);
  }

  heal(path: string): void {
    this.#ill.delete(path);
  }

  /** Calls to the path are not answered until it is let go. */
  hold(path: string): void {
    this.#held.set(path, new Set());
  }

  letGo(path: string): void {
    const waiting = this.#held.get(path) ?? new Set();
    this.#held.delete(path);
    for (const answer of waiting) answer();
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '';
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    const key = String(request.headers['idempotency-key'] ?? '');
    this.calls.push({ path, body: Buffer.concat(parts).toString(), key });
    const place = this.count(path);
    const waiting = this.#held.get(path);
    if (waiting !== undefined) await new Promise<void>((resolve) => waiting.add(resolve));
    const isIll = this.#ill.has(path);
    response.writeHead(isIll ? 503 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(isIll ? { message: `${path} is out of order` } : { path, call: place }));
  }
}
