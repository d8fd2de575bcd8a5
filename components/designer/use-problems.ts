import { useDeferredValue, useEffect, useMemo } from 'react';
import type { Mark } from '@/components/canvas/canvas-store';
import { check } from '@/lib/flow/check';
import { locate } from '@/lib/flow/graph';
import type { Definition } from '@/lib/flow/model';
import type { Problem } from '@/lib/flow/problem';
import { useBench, useSession } from './SessionContext';

/** Checks the definition as it is typed, after the letter is on the screen, and keeps what was found in the session. */
export function useProblems(): ReadonlyMap<string, Mark> {
  const { session } = useBench();
  const definition = useDeferredValue(useSession((state) => state.history.present.definition));
  const problems = useMemo(() => (isBlank(definition) ? [] : check(definition)), [definition]);
  // Talks to the session, to which panel, buttons and fields listen.
  useEffect(() => session.setState({ problems }), [session, problems]);
  return useMemo(() => marksOf(definition, problems), [definition, problems]);
}

/** A flow in which nothing was drawn yet is not wrong, it is not begun. */
function isBlank({ States }: Definition): boolean {
  return Object.keys(States).length === 0;
}

function marksOf(definition: Definition, problems: readonly Problem[]): ReadonlyMap<string, Mark> {
  const marks = new Map<string, Mark>();
  for (const { pointer, severity } of problems) {
    const state = locate(definition, pointer)?.pointer;
    if (state !== undefined && marks.get(state) !== 'error') marks.set(state, severity);
  }
  return marks;
}
