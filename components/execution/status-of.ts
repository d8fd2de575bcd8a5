import type { ExecutionStatus } from '@/lib/api/resources';
import type { StepStatus } from '@/lib/monitor/status';

/** An execution's status in the words of the interface: one that took too long has failed, its error says with what. */
export function statusOf(status: ExecutionStatus): StepStatus {
  return status === 'timedOut' ? 'failed' : status;
}
