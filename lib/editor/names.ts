import { states } from '@/lib/flow/graph';
import type { Definition } from '@/lib/flow/model';

/** The names of all states of a definition, nested ones included: the language wants them unique over the whole. */
export function namesIn(definition: Definition): Set<string> {
  const names = new Set<string>();
  for (const { name } of states(definition)) names.add(name);
  return names;
}

/** `wanted`, or `wanted 2`, `wanted 3` … where it is taken. At most 80 characters, as the language asks. */
export function freeName(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted;
  const stem = wanted.replace(/ \d+$/, '').slice(0, 74);
  let count = 2;
  while (taken.has(`${stem} ${count}`)) count += 1;
  return `${stem} ${count}`;
}
