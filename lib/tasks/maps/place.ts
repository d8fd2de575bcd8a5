import { lstat, mkdir, realpath } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';

/**
 * The folder that distributed Maps may read and write, and no way out of it: neither by `..` nor by a link.
 */
export class Place {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = resolve(folder);
  }

  /** Where a path of a flow leads to; the file is there. */
  async existing(path: string): Promise<string> {
    const wanted = this.inside(path);
    const real = await realpath(wanted).catch(() => undefined);
    if (real === undefined) throw new Error(`There is no file "${path}" in the folder ${this.folder}.`);
    await this.assertInside(real, path);
    return real;
  }

  /** Where a new file or folder of that name goes; the folders on the way are made. */
  async fresh(path: string): Promise<string> {
    const wanted = this.inside(path);
    await mkdir(this.folder, { recursive: true });
    // A link on the way would lead out before anything could be made inside: what is there is looked at first.
    for (let above = dirname(wanted); above.length >= this.folder.length; above = dirname(above)) {
      if (await exists(above)) await this.assertInside(await realpath(above), path);
    }
    await mkdir(dirname(wanted), { recursive: true });
    return wanted;
  }

  private inside(path: string): string {
    const wanted = resolve(join(this.folder, path));
    if (path.includes('\0') || !isWithin(this.folder, wanted)) throw leadsOut(path);
    return wanted;
  }

  private async assertInside(real: string, path: string): Promise<void> {
    if (!isWithin(await realpath(this.folder), real)) throw leadsOut(path);
  }
}

function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !way.startsWith(sep);
}

function leadsOut(path: string): Error {
  return new Error(`"${path}" leads out of the folder of files: name a file inside it.`);
}

async function exists(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => undefined)) !== undefined;
}
