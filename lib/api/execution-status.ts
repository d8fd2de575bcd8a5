/** How an execution stands, as lists and filters name it. */
export const executionStatuses = ['running', 'succeeded', 'failed', 'timedOut', 'stopped'] as const;
export type ExecutionStatus = (typeof executionStatuses)[number];
