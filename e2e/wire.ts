import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** The way between a browser and Millrace, which can be cut and mended. */
export class Wire {
  readonly origin: string;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #isCut = false;

  static async to(origin: string): Promise<Wire> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new Wire(server, Number(new URL(origin).port));
  }

  private constructor(server: Server, target: number) {
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('the system gave no port');
    this.origin = `http://127.0.0.1:${address.port}`;
    this.#server = server;
    server.on('connection', (near) => {
      if (this.#isCut) {
        near.destroy();
        return;
      }
      const far = connect(target, '127.0.0.1');
      near.pipe(far).pipe(near);
      for (const [one, other] of [
        [near, far],
        [far, near],
      ] as const) {
        this.#sockets.add(one);
        // A broken end is what this is for: the other one breaks with it.
        one.on('error', () => other.destroy());
        one.on('close', () => {
          this.#sockets.delete(one);
          other.destroy();
        });
      }
    });
  }

  /** Breaks every connection, and lets no new one through. */
  cut(): void {
    this.#isCut = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  mend(): void {
    this.#isCut = false;
  }

  async close(): Promise<void> {
    this.cut();
    const closed = once(this.#server, 'close');
    this.#server.close();
    await closed;
  }
}
