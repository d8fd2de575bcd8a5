import type { Failure } from './event';
import type { Container, MapRun } from './execution';

/** What a distributed Map fails with when too many of its items have. */
export const beyondTolerance: Failure = {
  error: 'States.ExceedToleratedFailureThreshold',
  cause: 'The specified tolerated failure threshold was exceeded',
};

/** Whether the failure of one more item is the one that is too many. Once too many have failed, the Map itself is what has. */
export function tipsOver(container: Container, run: MapRun): boolean {
  return isTolerated(container, run) && !isTolerated(container, run, 1);
}

/** Whether a distributed Map goes on although some of its items have failed, and so many more. */
export function isTolerated(container: Container, run: MapRun, more = 0): boolean {
  const failed = run.failures.size + more;
  if (failed === 0) return true;
  const total = Math.max(container.started, itemsKnown(container, run));
  const { toleratedCount, toleratedPercentage } = run;
  if (toleratedCount === null && toleratedPercentage === null) return false;
  if (toleratedCount !== null && failed > toleratedCount) return false;
  return toleratedPercentage === null || (failed / total) * 100 <= toleratedPercentage;
}

/** While pages are still to come, the share of failures is judged by what will be known at the end. */
function itemsKnown(container: Container, run: MapRun): number {
  if (run.reading !== null) return Number.POSITIVE_INFINITY;
  return run.batch === null ? itemsOf(container) : container.started;
}

function itemsOf({ map }: Container): number {
  return map === null ? 0 : map.first + map.items.length;
}
