import { useEffect, useMemo, useRef, useState } from 'react';
import type { Mark } from '@/components/canvas/canvas-store';
import { locate } from '@/lib/flow/graph';
import type { Definition } from '@/lib/flow/model';
import type { Problem } from '@/lib/flow/problem';
import { fetchCheck } from './checking';
import { useInspection } from './inspection';
import { useBench, useSession } from './SessionContext';

/** A check that takes longer than this (milliseconds) waits until the typing pauses. */
const noticeable = 12;
const pause = 180;

/** Checks the definition as it is typed and keeps what was found, here and by the server, in the session. */
export function useProblems(): ReadonlyMap<string, Mark> {
  const { session, kinds } = useBench();
  const definition = useSession((state) => state.history.present.definition);
  const [found, setFound] = useState<Found>({ definition, problems: [] });
  const inspected = useInspection(definition);
  const problems = useMemo(() => together(found.problems, inspected), [found, inspected]);
  const cost = useRef(0);
  const isFirst = useRef(true);
  // Talks to the session, to which panel, buttons and fields listen.
  useEffect(() => session.setState({ problems }), [session, problems]);
  // Talks to the browser's clock: the check begins after the letter is on the screen.
  useEffect(() => {
    let isCurrent = true;
    const look = async () => {
      const check = await fetchCheck(kinds);
      if (!isCurrent) return;
      const began = performance.now();
      const seen = check(definition);
      cost.current = performance.now() - began;
      setFound({ definition, problems: seen });
    };
    const timer = setTimeout(() => void look(), waitFor(isFirst.current, cost.current));
    isFirst.current = false;
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [kinds, definition]);
  return useMemo(() => marksOf({ definition: found.definition, problems }), [found, problems]);
}

/** What was found here and what the server adds, where nothing is said of the same place. */
function together(here: readonly Problem[], there: readonly Problem[]): readonly Problem[] {
  if (there.length === 0) return here;
  const places = new Set(here.map(({ pointer }) => pointer));
  return [...here, ...there.filter(({ pointer }) => !places.has(pointer))];
}

/** What was opened passed the check when it was saved: the drawing comes first, and then what checks it. */
function waitFor(isFirst: boolean, cost: number): number {
  if (isFirst) return 1200;
  return cost > noticeable ? pause : 0;
}

interface Found {
  readonly definition: Definition;
  readonly problems: readonly Problem[];
}

function marksOf({ definition, problems }: Found): ReadonlyMap<string, Mark> {
  const marks = new Map<string, Mark>();
  for (const { pointer, severity } of problems) {
    const state = locate(definition, pointer)?.pointer;
    if (state !== undefined && marks.get(state) !== 'error') marks.set(state, severity);
  }
  return marks;
}
