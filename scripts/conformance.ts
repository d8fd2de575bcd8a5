import { judgeCase } from './conformance/cases';
import { judgeReferences, judgeValidity } from './conformance/definitions';
import {
  type FileFormat,
  formatOf,
  type Line,
  type Miss,
  neighboursOf,
  readLines,
} from './conformance/files';
import { judgeHistory } from './conformance/histories';
import { judgeTestState } from './conformance/test-state';

/**
 * `npm run -s conformance -- FILE…`: runs recorded cases on the interpreter. One JSON line for each case that fails, for each file
 * its counts by level (1 outcome, 2 path and data, 3 wording and history), and last the sum.
 */
interface Given {
  readonly file: string;
  readonly format: FileFormat;
  readonly lines: readonly Line[];
}

const judges: { readonly [format in FileFormat]: (line: Line, cases: ReadonlyMap<string, Line>) => Miss[] } =
  {
    cases: judgeCase,
    histories: judgeHistory,
    teststate: judgeTestState,
    invalid: judgeValidity,
    'variable-references': judgeReferences,
  };
const levels = [1, 2, 3] as const;

function main(files: readonly string[]): void {
  const given = files.map(open);
  const cases = casesIn(given);
  const totals = given.map((file) => report(file, casesFor(file, cases)));
  const passed = totals.reduce((sum, total) => sum + total.passed, 0);
  const failed = totals.reduce((sum, total) => sum + total.failed, 0);
  console.log(`${passed} passed, ${failed} failed`);
}

function open(file: string): Given {
  const lines = readLines(file);
  return { file, format: formatOf(file, lines[0]), lines };
}

function casesIn(given: readonly Given[]): ReadonlyMap<string, Line> {
  const lines = given.filter(({ format }) => format === 'cases').flatMap((file) => file.lines);
  return new Map(lines.map((line) => [line.id, line]));
}

/** Histories name cases: of the files given with them, or of those that lie beside them. */
function casesFor({ file, format }: Given, cases: ReadonlyMap<string, Line>): ReadonlyMap<string, Line> {
  if (format !== 'histories' || cases.size > 0) return cases;
  return casesIn(neighboursOf(file).map(open));
}

function report(
  { file, format, lines }: Given,
  cases: ReadonlyMap<string, Line>,
): { passed: number; failed: number } {
  const missed = { 1: 0, 2: 0, 3: 0 };
  let failed = 0;
  for (const line of lines) {
    const misses = judge(format, line, cases);
    for (const level of levels) if (misses.some((miss) => miss.level === level)) missed[level] += 1;
    if (misses.length === 0) continue;
    failed += 1;
    console.log(JSON.stringify({ id: line.id, ...tell(misses) }));
  }
  const counts = levels.map((level) => `level${level} ${lines.length - missed[level]}/${lines.length}`);
  console.log(`${file}: ${counts.join(' ')}`);
  return { passed: lines.length - failed, failed };
}

/** The most basic miss of a case, and what else is wrong with it. */
function tell(misses: readonly Miss[]): object {
  const [first, ...more] = misses.toSorted((a, b) => a.level - b.level).map(whole);
  return { ...first, ...(more.length === 0 ? {} : { more }) };
}

function whole({ level, what, expected = null, actual = null }: Miss) {
  return { level, what, expected, actual };
}

/** A case that cannot be run fails at every level; the others are run all the same. */
function judge(format: FileFormat, line: Line, cases: ReadonlyMap<string, Line>): Miss[] {
  try {
    if (typeof line.unreadable === 'string') throw new Error(line.unreadable);
    return judges[format](line, cases);
  } catch (thrown) {
    return levels.map((level) => ({ level, what: 'threw', actual: String(thrown) }));
  }
}

main(process.argv.slice(2));
