import type { FlowSettings } from '@/lib/api/flow-settings';
import { check } from '@/lib/flow/check';
import type { Definition } from '@/lib/flow/model';
import { type Format, parse } from '@/lib/flow/parse';
import type { Problem } from '@/lib/flow/problem';
import { Refusal } from './refusal';
import { world } from './world';

type Profile = FlowSettings['profile'];

/** All problems of a definition's text, those of its syntax included. */
export function problemsOf(
  source: string,
  format: Format,
  profile: Profile = 'standard',
): readonly Problem[] {
  const parsed = parse(source, format);
  if (!parsed.ok) return parsed.problems.map(({ problem }) => problem);
  return [
    ...check(parsed.definition, { tasks: world().tasks.kinds, profile }),
    ...parsed.remarks.map(({ problem }) => problem),
  ];
}

/** The definition of a text that may be saved. Throws Refusal with every problem where one of them is an error. */
export function definitionOf(source: string, format: Format, profile: Profile = 'standard'): Definition {
  const parsed = parse(source, format);
  const problems = problemsOf(source, format, profile);
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
