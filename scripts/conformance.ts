import { judgeCase } from './conformance/cases';
import { judgeReferences, judgeValidity } from './conformance/definitions';
import { type FileFormat, formatOf, type Line, type Miss, readLines } from './conformance/files';
import { judgeHistory } from './conformance/histories';
import { judgeTestState } from './conformance/test-state';

/**
 * `npm run -s conformance -- FILE…`: runs recorded cases on the interpreter. One JSON line for each miss, for each file its
 * counts by level (1 outcome, 2 path and data, 3 wording and history), and last the sum.
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
const levelsOf: { readonly [format in FileFormat]: readonly (1 | 2 | 3)[] } = {
  cases: [1, 2, 3],
  histories: [3],
  teststate: [1, 2, 3],
  invalid: [1, 3],
  'variable-references': [1],
};

function main(files: readonly string[]): void {
  const given = files.map((file): Given => {
    const lines = readLines(file);
    return { file, format: formatOf(file, lines[0]), lines };
  });
  const cases = new Map(
    given
      .filter(({ format }) => format === 'cases')
      .flatMap(({ lines }) => lines.map((line) => [line.id, line] as const)),
  );
  const totals = given.map((file) => report(file, casesBeside(file, cases)));
  const passed = totals.reduce((sum, total) => sum + total.passed, 0);
  const failed = totals.reduce((sum, total) => sum + total.failed, 0);
  console.log(`${passed} passed, ${failed} failed`);
}

/** Histories name cases: of a file given with them, or of the one that lies beside them. */
function casesBeside({ file, format }: Given, cases: ReadonlyMap<string, Line>): ReadonlyMap<string, Line> {
  if (format !== 'histories' || cases.size > 0) return cases;
  return new Map(readLines(file.replace('histories', 'cases')).map((line) => [line.id, line]));
}

function report(
  { file, format, lines }: Given,
  cases: ReadonlyMap<string, Line>,
): { passed: number; failed: number } {
  const missed = { 1: 0, 2: 0, 3: 0 };
  let failed = 0;
  for (const line of lines) {
    const misses = judge(format, line, cases);
    for (const level of levelsOf[format]) if (misses.some((miss) => miss.level === level)) missed[level] += 1;
    if (misses.length > 0) failed += 1;
    for (const { level, what, expected = null, actual = null } of misses) {
      console.log(JSON.stringify({ id: line.id, level, what, expected, actual }));
    }
  }
  const levels = levelsOf[format].map(
    (level) => `level${level} ${lines.length - missed[level]}/${lines.length}`,
  );
  console.log(`${file}: ${levels.join(' ')}`);
  return { passed: lines.length - failed, failed };
}

/** What the interpreter throws that is no language failure is a miss at the first level, not the end of the run. */
function judge(format: FileFormat, line: Line, cases: ReadonlyMap<string, Line>): Miss[] {
  try {
    return judges[format](line, cases);
  } catch (thrown) {
    return [{ level: levelsOf[format][0] ?? 1, what: 'threw', actual: String(thrown) }];
  }
}

main(process.argv.slice(2));
