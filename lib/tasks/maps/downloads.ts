import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const mostBytes = 2_147_483_648;
const oldest = 24 * 60 * 60 * 1000;

/**
 * Files that were fetched to be read a page at a time. One stays until it is read to its end; what a run left behind is removed a day
 * later, or when the server starts again.
 */
export class Downloads {
  private readonly folder: string;
  private readonly underWay = new Map<string, Promise<string>>();

  constructor(folder: string) {
    this.folder = folder;
  }

  /** The file of a run, fetched where it is not there (any more). */
  async file(run: string, fetch: () => Promise<Readable>): Promise<string> {
    const path = join(this.folder, run);
    if ((await stat(path).catch(() => undefined)) !== undefined) return path;
    const begun = this.underWay.get(run) ?? this.fetch(path, fetch).finally(() => this.underWay.delete(run));
    this.underWay.set(run, begun);
    return begun;
  }

  async remove(run: string): Promise<void> {
    await rm(join(this.folder, run), { force: true });
  }

  /** Nothing that an earlier process fetched is of use: it may be half of a file. */
  async clear(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  private async fetch(path: string, fetch: () => Promise<Readable>): Promise<string> {
    await mkdir(this.folder, { recursive: true });
    await this.removeOld();
    const part = `${path}.part`;
    const body = await fetch();
    await pipeline(body, counted, createWriteStream(part, { mode: 0o600 }));
    await rename(part, path);
    return path;
  }

  private async removeOld(): Promise<void> {
    for (const name of await readdir(this.folder)) {
      const path = join(this.folder, name);
      const found = await stat(path).catch(() => undefined);
      if (found !== undefined && found.mtimeMs < Date.now() - oldest) await rm(path, { force: true });
    }
  }
}

async function* counted(body: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw new Error(`What was to be read has more than ${mostBytes} bytes.`);
    yield chunk;
  }
}
