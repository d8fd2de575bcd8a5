import { isObject, type Json } from '@/lib/expression/json';
import { check } from '@/lib/flow/check';
import type { TaskChecker } from '@/lib/flow/check/task';
import type { Definition } from '@/lib/flow/model';
import { type Format, parse } from '@/lib/flow/parse';
import type { Problem } from '@/lib/flow/problem';
import { Refusal } from './refusal';
import { world } from './world';

/** All problems of a definition's text, those of its syntax included. */
export function problemsOf(source: string, format: Format): readonly Problem[] {
  const parsed = parse(source, format);
  if (!parsed.ok) return parsed.problems.map(({ problem }) => problem);
  return [
    ...check(parsed.definition, { tasks: checkerFor }),
    ...parsed.remarks.map(({ problem }) => problem),
  ];
}

/** The definition of a text that may be saved. Throws Refusal with every problem where one of them is an error. */
export function definitionOf(source: string, format: Format): Definition {
  const parsed = parse(source, format);
  const problems = problemsOf(source, format);
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (parsed.ok && errors.length === 0) return parsed.definition;
  const [first] = errors;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  const where = first?.pointer ? ` at ${first.pointer}` : '';
  throw new Refusal(
    'invalid-definition',
    `The definition cannot run: ${first?.message ?? 'it cannot be read'}${where}${more}.`,
    problems.map((problem) => ({ ...problem })),
  );
}

/** Checks the parameters of a task that stand in the definition as they are; computed ones are known only when they run. */
function checkerFor(resource: string): TaskChecker | undefined {
  const kind = world().tasks.find(resource);
  if (kind === undefined) return undefined;
  return (parameters) => {
    if (isComputed(parameters)) return [];
    const parsed = kind.parse(parameters);
    return parsed.ok ? [] : [{ pointer: '', message: `${kind.title}: ${parsed.problem}` }];
  };
}

function isComputed(value: Json): boolean {
  if (typeof value === 'string') return value.startsWith('{%');
  if (Array.isArray(value)) return value.some(isComputed);
  return (
    isObject(value) && Object.entries(value).some(([key, member]) => key.endsWith('.$') || isComputed(member))
  );
}
