import { cn } from '@/components/ui/cn';
import { type ExecutionStatus, executionStatuses } from '@/lib/api/execution-status';
import { StatusIcon } from './StatusBadge';
import { statusOf } from './status-of';

const words: { readonly [Status in ExecutionStatus]: string } = {
  running: 'Running',
  succeeded: 'Succeeded',
  failed: 'Failed',
  timedOut: 'Timed out',
  stopped: 'Stopped',
};

interface StatusFilterProps {
  readonly value: ExecutionStatus | undefined;
  /** How many each choice would show. */
  readonly counts: { readonly [Status in ExecutionStatus]?: number } | undefined;
  readonly onChange: (status: ExecutionStatus | undefined) => void;
  readonly className?: string;
}

/** One press shows the executions of one status, another press all of them. */
export function StatusFilter({ value, counts, onChange, className }: StatusFilterProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out in a row of others
    <div
      role="group"
      aria-label="Status"
      className={cn('flex max-w-full gap-0.5 overflow-x-auto rounded-md border bg-sunken p-0.5', className)}
    >
      {executionStatuses.map((status) => (
        <button
          key={status}
          type="button"
          aria-pressed={status === value}
          onClick={() => onChange(status === value ? undefined : status)}
          className="tabular inline-flex h-6.5 items-center gap-1.5 whitespace-nowrap rounded-sm px-2 text-muted text-xs hover:text-foreground aria-pressed:bg-surface aria-pressed:font-medium aria-pressed:text-foreground aria-pressed:shadow-[0_0_0_1px_var(--border-strong)]"
        >
          <StatusIcon status={statusOf(status)} className="animate-none" />
          {words[status]}
          <span className="text-faint">{countText(counts?.[status])}</span>
        </button>
      ))}
    </div>
  );
}

/** The server stops counting at 10,000. */
function countText(count: number | undefined): string {
  if (count === undefined) return '';
  return count >= 10_000 ? '10,000+' : count.toLocaleString('en');
}
