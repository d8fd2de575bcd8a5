import type { Diagnostic } from '@codemirror/lint';
import { type PlacedProblem, place } from '@/lib/flow/parse';
import type { Positions } from '@/lib/flow/positions';
import type { Problem } from '@/lib/flow/problem';

/** Problems as CodeMirror underlines them: those that have a place, and those whose place the positions know. */
export function diagnosticsOf(
  placed: readonly PlacedProblem[],
  source: string,
  problems: readonly Problem[] = [],
  positions?: Positions,
): Diagnostic[] {
  const found = positions === undefined ? [] : problems.map((problem) => place(problem, source, positions));
  return [...placed, ...found].map(({ problem, span }) => ({
    from: Math.min(span.start, source.length),
    to: Math.min(Math.max(span.end, span.start), source.length),
    severity: problem.severity,
    message: problem.message,
  }));
}
