import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What is sent to a process that runs functions: the program of the process, and the script that each call's realm begins with. */
export interface Source {
  readonly process: string;
  readonly realm: string;
}

const realmFiles = ['failure', 'shown', 'console', 'result', 'timers', 'web', 'realm'];

/**
 * Reads the program as text: the process may read no file, so it is handed over. It is found from the project's folder, where the
 * server runs, since a bundler would have moved this module but not those files.
 */
export function readSource(): Source {
  const realm = realmFiles.map((name) => withoutModules(fileNamed(name))).join('\n');
  return {
    process: `${withoutModules(fileNamed('compile'))}\n${fileNamed('process').replace(/^import .* from '\.\/.*$/m, '')}`,
    realm: `'use strict';(() => {${realm}\nreturn openRealm;})()`,
  };
}

function fileNamed(name: string): string {
  return readFileSync(join(process.cwd(), 'lib', 'tasks', 'function', 'inside', `${name}.js`), 'utf8');
}

/** A context knows no modules: the files become one script in which all names are there. */
function withoutModules(text: string): string {
  return text.replace(/^import .*$/gm, '').replace(/^export /gm, '');
}
