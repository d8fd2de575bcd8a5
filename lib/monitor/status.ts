/** What a step (or a state, by its steps) is doing, in the nine words that the interface uses everywhere. */
export const stepStatuses = [
  'pending',
  'running',
  'retrying',
  'waiting',
  'parked',
  'succeeded',
  'failed',
  'skipped',
  'stopped',
] as const;
export type StepStatus = (typeof stepStatuses)[number];

/** How many are in each status; statuses that nothing is in are absent. */
export type StatusCounts = { readonly [Status in StepStatus]?: number };

/** Statuses that still change by themselves. */
export function isOpen(status: StepStatus): boolean {
  return (
    status === 'pending' ||
    status === 'running' ||
    status === 'retrying' ||
    status === 'waiting' ||
    status === 'parked'
  );
}

/** Which status stands for many: what moves first, then what went wrong, then what is done. */
const weight: readonly StepStatus[] = [
  'running',
  'retrying',
  'parked',
  'waiting',
  'failed',
  'stopped',
  'pending',
  'succeeded',
  'skipped',
];

/** The one status that stands for all of `counts`; undefined where nothing is counted. */
export function standFor(counts: StatusCounts): StepStatus | undefined {
  return weight.find((status) => (counts[status] ?? 0) > 0);
}
