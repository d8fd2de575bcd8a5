import type { Json, JsonObject } from '@/lib/expression/json';
import { check } from '@/lib/flow/check';
import { parse } from '@/lib/flow/parse';
import { variableReferences } from '@/lib/flow/references';
import { same } from './compare';
import type { Line, Miss } from './files';

/** Whether a definition is judged as it was: with no problem at all, or with errors. */
export function judgeValidity(line: Line): Miss[] {
  const expect = line.expect as JsonObject;
  const problems = problemsOf(line);
  const valid = problems.length === 0;
  if (valid === expect.valid) return [];
  return [{ level: 1, what: 'valid', expected: expect.valid, actual: valid ? true : problems }];
}

function problemsOf(line: Line): Json[] {
  const profile = line.type === 'EXPRESS' ? ('express' as const) : ('standard' as const);
  if (typeof line.definitionText !== 'string') return errorsOf(check(line.definition ?? null, { profile }));
  const parsed = parse(line.definitionText, 'json');
  if (!parsed.ok) return errorsOf(parsed.problems.map(({ problem }) => problem));
  const remarks = parsed.remarks.map(({ problem }) => problem);
  return errorsOf([...remarks, ...check(parsed.definition, { profile })]);
}

function errorsOf(problems: ReturnType<typeof check>): Json[] {
  return problems
    .filter(({ severity }) => severity === 'error')
    .map(({ code, pointer, message }) => ({ code, pointer, message }));
}

/** Whether the variables that each state reads are those that were told. */
export function judgeReferences(line: Line): Miss[] {
  const expected = sorted(line.variableReferences ?? {});
  const actual = sorted(variableReferences(line.definition ?? null));
  return same(expected, actual) ? [] : [{ level: 1, what: 'variableReferences', expected, actual }];
}

function sorted(references: Json): Json {
  const entries = Object.entries(references as JsonObject);
  return Object.fromEntries(
    entries.map(([state, names]) => [state, [...(names as readonly string[])].sort()]),
  );
}
