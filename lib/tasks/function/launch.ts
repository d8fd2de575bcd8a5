import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';

export type Child = ChildProcessByStdio<Writable, Readable, Readable>;

/** Next's types want variables in every environment. */
const nothing: NodeJS.ProcessEnv = Object.create(null);

/** What Node itself takes, beside the memory that is allowed: its code, stacks and what V8 sets aside. */
const ownMegabytes = 1_024;

/**
 * Starts a process that can do nothing but compute: no files, processes, threads, addons or inspector, no environment, no text that
 * becomes code, no handle but its three pipes.
 */
export function launch(program: string, heapMegabytes: number): Child {
  const flags = [
    '--permission',
    '--no-addons',
    '--disallow-code-generation-from-strings',
    '--frozen-intrinsics',
    '--no-warnings',
    '--disable-sigusr1',
    `--max-old-space-size=${heapMegabytes}`,
    '--max-semi-space-size=8',
    '--input-type=module',
    '--eval',
    program,
  ];
  const [command, parameters] = bounded(flags, heapMegabytes);
  return spawn(command, parameters, {
    env: nothing,
    cwd: '/',
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
}

/** Where the system knows limits: no core dumped where a process is killed, no file written, no memory beyond all measure. */
function bounded(flags: readonly string[], heapMegabytes: number): [string, string[]] {
  if (process.platform === 'win32') return [process.execPath, [...flags]];
  const data = process.platform === 'linux' ? `ulimit -d ${(ownMegabytes + 2 * heapMegabytes) * 1024};` : '';
  const script = `ulimit -c 0; ulimit -f 0; ${data} exec "$0" "$@"`;
  return ['/bin/sh', ['-c', script, process.execPath, ...flags]];
}
