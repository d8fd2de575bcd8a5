import type { Json, JsonObject } from '@/lib/expression/json';
import { type CheckOptions, check } from './check';

/** The codes and pointers of a definition's problems, as `CODE /pointer`; warnings begin with a question mark. */
export function problems(definition: Json, options?: CheckOptions): string[] {
  return check(definition, options).map(
    ({ code, pointer, severity }) => `${severity === 'error' ? '' : '?'}${code} ${pointer}`,
  );
}

/** The problems of a state A that leads to an end, relative to it. */
export function problemsOf(state: JsonObject, language: 'JSONPath' | 'JSONata' = 'JSONPath'): string[] {
  const rest = { B: { Type: 'Succeed' } };
  const reachesB = JSON.stringify(state).includes('"B"');
  return problems({
    QueryLanguage: language,
    StartAt: 'A',
    States: { A: state, ...(reachesB ? rest : {}) },
  }).map((problem) => problem.replace('/States/A', ''));
}
