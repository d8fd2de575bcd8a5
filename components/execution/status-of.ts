import type { ExecutionStatus } from '@/lib/api/execution-status';
import type { StepStatus } from '@/lib/monitor/status';

/** An execution's status in the words of the interface: one that took too long has failed, its error says with what;
 * one that waits for its flow to have room waits to start. */
export function statusOf(status: ExecutionStatus, queued = false): StepStatus {
  if (queued && status === 'running') return 'pending';
  return status === 'timedOut' ? 'failed' : status;
}
