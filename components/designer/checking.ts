import type { TaskKind } from '@/lib/api/resources';
import type { Definition } from '@/lib/flow/model';
import type { Problem } from '@/lib/flow/problem';

/** What the browser itself finds wrong or doubtful in a definition. */
type Check = (definition: Definition) => readonly Problem[];

/** The check for a Millrace that has these kinds of task; it is fetched apart, since nothing is drawn with it. */
export async function fetchCheck(kinds: readonly TaskKind[]): Promise<Check> {
  const { check } = await import('@/lib/flow/check');
  return (definition) => (isBlank(definition) ? [] : check(definition, { tasks: kinds }));
}

/** A flow in which nothing was drawn yet is not wrong, it is not begun. */
function isBlank({ States }: Definition): boolean {
  return Object.keys(States).length === 0;
}
