import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * host.ts as one file of plain JavaScript, as the built server holds the engine: what a development loader adds to each function
 * is not measured. The file lies where the packages that it imports are found.
 */
export async function builtHost(): Promise<string> {
  const folder = mkdtempSync(join(root, 'node_modules', '.bench-'));
  const program = join(folder, 'host.mjs');
  await build({
    entryPoints: [fileURLToPath(new URL('host.ts', import.meta.url))],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    alias: { '@': root },
    logLevel: 'warning',
  });
  return program;
}
