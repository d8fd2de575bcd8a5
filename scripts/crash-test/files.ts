import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { spreadItems } from './flow';

/** What the engine and its tasks leave in the folder of a crash test, whatever becomes of their process. */
export function filesIn(folder: string) {
  return {
    /** A line for each call: when, and with which idempotency key. */
    callsFile: join(folder, 'calls'),
    /** A line for each token that was handed out, and for each that was answered. */
    tokensFile: join(folder, 'tokens'),
    answeredFile: join(folder, 'answered'),
    /** A line for each order whose start was acknowledged. */
    startedFile: join(folder, 'started'),
    /** What distributed Maps write: a folder for each run. */
    resultsFolder: join(folder, 'files', 'results'),
  };
}

/** The files as they are before the first call. */
export function prepare(folder: string): void {
  const { callsFile, tokensFile, answeredFile, startedFile, resultsFolder } = filesIn(folder);
  for (const file of [callsFile, tokensFile, answeredFile, startedFile]) writeFileSync(file, '');
  mkdirSync(resultsFolder, { recursive: true });
  const lines = spreadItems.map((item) => `${JSON.stringify(item)}\n`);
  writeFileSync(join(folder, 'files', 'spread.jsonl'), lines.join(''));
}
