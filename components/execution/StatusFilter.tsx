import { ToggleGroup } from 'radix-ui';
import { cn } from '@/components/ui/cn';
import { type ExecutionStatus, executionStatuses } from '@/lib/api/resources';
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
    <ToggleGroup.Root
      type="single"
      aria-label="Status"
      value={value ?? ''}
      onValueChange={(next) => onChange(executionStatuses.find((status) => status === next))}
      className={cn('flex max-w-full gap-0.5 overflow-x-auto rounded-md border bg-sunken p-0.5', className)}
    >
      {executionStatuses.map((status) => (
        <ToggleGroup.Item
          key={status}
          value={status}
          className="tabular inline-flex h-6.5 items-center gap-1.5 whitespace-nowrap rounded-sm px-2 text-muted text-xs hover:text-foreground data-[state=on]:bg-surface data-[state=on]:font-medium data-[state=on]:text-foreground data-[state=on]:shadow-[0_0_0_1px_var(--border-strong)]"
        >
          <StatusIcon status={statusOf(status)} className="animate-none" />
          {words[status]}
          <span className="text-faint">{countText(counts?.[status])}</span>
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}

/** The server stops counting at 10,000. */
function countText(count: number | undefined): string {
  if (count === undefined) return '';
  return count >= 10_000 ? '10,000+' : count.toLocaleString('en');
}
