import { toast } from '@/components/ui/toast';
import { ApiProblem } from '@/lib/api/client';

/** What went wrong, in a sentence for the reader. */
export function sentenceOf(problem: unknown): string {
  if (problem instanceof ApiProblem) return problem.document.detail;
  return problem instanceof Error ? problem.message : String(problem);
}

/** Says in a toast that something did not work, and why. */
export function tellProblem(what: string, problem: unknown): void {
  toast.error(what, { description: sentenceOf(problem) });
}
