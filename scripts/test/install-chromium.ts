import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { findChromium } from './chromium';

type Command = readonly [program: string, ...words: string[]];

/** The path of a Chromium, installed where the machine has none; undefined where that failed, which the output tells. */
export function chromiumHereOrInstalled(say: (text: string) => void): string | undefined {
  const found = findChromium();
  if (found !== undefined) return found;
  for (const commands of waysToInstall()) {
    say(
      `There is no Chromium here yet. Installing one: ${commands.map((words) => words.join(' ')).join(', ')} …`,
    );
    // A list of packages that could not be renewed whole may still name the browser: the last command decides.
    for (const [program, ...words] of commands)
      spawnSync(program, words, {
        stdio: 'inherit',
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      });
    const installed = findChromium();
    if (installed !== undefined) return installed;
  }
  return undefined;
}

function waysToInstall(): readonly (readonly Command[])[] {
  const isRoot = process.getuid?.() === 0;
  const playwright = createRequire(import.meta.url).resolve('@playwright/test/cli');
  const download: Command = [process.execPath, playwright, 'install', 'chromium'];
  if (!isRoot) return [[download]];
  const withLibraries: readonly Command[] = [[...download, '--with-deps']];
  if (!isDebian()) return [withLibraries, [download]];
  const packaged: readonly Command[] = [
    ['apt-get', 'update'],
    ['apt-get', 'install', '-y', '--no-install-recommends', 'chromium'],
  ];
  return [packaged, withLibraries];
}

/** Debian and what is made of it; Ubuntu's package of this name only points to another shop. */
function isDebian(): boolean {
  if (!existsSync('/etc/os-release') || !existsSync('/usr/bin/apt-get')) return false;
  const release = readFileSync('/etc/os-release', 'utf8');
  return /^ID(_LIKE)?=.*debian/m.test(release) && !/^ID(_LIKE)?=.*ubuntu/m.test(release);
}
