import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { codeOf, Unstartable } from '@/lib/store/unstartable';

/** Everything that Next's build reads. */
const sources = [
  'app',
  'components',
  'examples',
  'lib',
  'public',
  'prisma/schema.prisma',
  'instrumentation.ts',
  'next.config.mjs',
  'package-lock.json',
  'postcss.config.mjs',
  'tsconfig.json',
];

const phase =
  /^\s*(Creating an optimized|Running TypeScript|Collecting page data|Generating static pages|Finalizing)/;

/** Builds the pages unless the last build was made of the same sources (of which `digest` is the digest). Throws `Unstartable`. */
export async function buildWhenNeeded(
  projectFolder: string,
  progress: (text: string) => void,
  signal?: AbortSignal,
  digest = digestOf(projectFolder),
): Promise<void> {
  const stamp = join(projectFolder, '.next', 'millrace-sources');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return;
  mustBeWritable(projectFolder);
  // A build that is cut short leaves pages of two makes: they are nobody's.
  rmSync(stamp, { force: true });
  progress('Building the pages (after an installation or a change; takes about a minute) …');
  await build(projectFolder, progress, signal);
  writeFileSync(stamp, digest);
}

function mustBeWritable(projectFolder: string): void {
  const output = join(projectFolder, '.next');
  try {
    accessSync(existsSync(output) ? output : projectFolder, constants.W_OK);
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS'].includes(codeOf(error))) throw error;
    throw new Unstartable(
      `The pages must be built first, but Millrace may not write to ${projectFolder}. Run npm run build there as its owner, then start again.`,
    );
  }
}

async function build(
  projectFolder: string,
  progress: (text: string) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  const program = createRequire(import.meta.url).resolve('next/dist/bin/next');
  const child = spawn(process.execPath, [program, 'build'], {
    cwd: projectFolder,
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(signal === undefined ? {} : { signal }),
  });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      said.push(line);
      if (phase.test(line)) progress(`  ${line.trim()}`);
    });
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code === 0) return;
  throw new Unstartable(
    `${said.join('\n')}\nThe pages could not be built, for the reason above. Mend it and start again.`,
  );
}

/** Of all that the pages are built of. Of the contents, as a checkout or a copy changes the times of files that are the same. */
export function digestOf(projectFolder: string): string {
  const hash = createHash('sha256').update(process.versions.node.split('.')[0] ?? '');
  for (const source of sources) {
    for (const file of filesIn(projectFolder, source)) {
      const content = readFileSync(join(projectFolder, file));
      hash.update(`${file}\n${content.length}\n`).update(content);
    }
  }
  return hash.digest('hex');
}

function filesIn(projectFolder: string, path: string): string[] {
  const full = join(projectFolder, path);
  if (!existsSync(full)) return [];
  if (!statSync(full).isDirectory()) return /\.test\.tsx?$|\.md$/.test(path) ? [] : [path];
  return readdirSync(full)
    .sort()
    .flatMap((name) => filesIn(projectFolder, `${path}/${name}`));
}
