import {
  CircleCheck,
  CircleDashed,
  CircleX,
  Clock,
  Hand,
  Hourglass,
  LoaderCircle,
  type LucideIcon,
  RotateCw,
  Square,
} from 'lucide-react';
import { cn } from '@/components/ui/cn';
import type { StepStatus } from '@/lib/monitor/status';

interface Face {
  readonly word: string;
  readonly icon: LucideIcon;
  readonly moving: boolean;
  /** Colour of icon and word. */
  readonly text: string;
  /** The same colour's soft ground, for badges and cards. */
  readonly soft: string;
  readonly border: string;
}

/** How each status looks and what it is called, everywhere: icon, word and colour together, never one alone. */
export const faces: { readonly [Status in StepStatus]: Face } = {
  pending: {
    word: 'Waiting to start',
    icon: Clock,
    moving: false,
    text: 'text-status-pending',
    soft: 'bg-status-pending-soft',
    border: 'border-status-pending/40',
  },
  running: {
    word: 'Running',
    icon: LoaderCircle,
    moving: true,
    text: 'text-status-running',
    soft: 'bg-status-running-soft',
    border: 'border-status-running',
  },
  retrying: {
    word: 'Retrying',
    icon: RotateCw,
    moving: true,
    text: 'text-status-retrying',
    soft: 'bg-status-retrying-soft',
    border: 'border-status-retrying',
  },
  waiting: {
    word: 'Waiting',
    icon: Hourglass,
    moving: false,
    text: 'text-status-waiting',
    soft: 'bg-status-waiting-soft',
    border: 'border-status-waiting',
  },
  parked: {
    word: 'Parked',
    icon: Hand,
    moving: false,
    text: 'text-status-parked',
    soft: 'bg-status-parked-soft',
    border: 'border-status-parked',
  },
  succeeded: {
    word: 'Succeeded',
    icon: CircleCheck,
    moving: false,
    text: 'text-status-succeeded',
    soft: 'bg-status-succeeded-soft',
    border: 'border-status-succeeded',
  },
  failed: {
    word: 'Failed',
    icon: CircleX,
    moving: false,
    text: 'text-status-failed',
    soft: 'bg-status-failed-soft',
    border: 'border-status-failed',
  },
  skipped: {
    word: 'Skipped',
    icon: CircleDashed,
    moving: false,
    text: 'text-status-skipped',
    soft: 'bg-status-skipped-soft',
    border: 'border-dashed border-status-skipped',
  },
  stopped: {
    word: 'Stopped',
    icon: Square,
    moving: false,
    text: 'text-status-stopped',
    soft: 'bg-status-stopped-soft',
    border: 'border-status-stopped',
  },
};

/** The status as an icon alone, where the word stands right beside it in another form. Hidden from screen readers. */
export function StatusIcon({
  status,
  className,
}: {
  readonly status: StepStatus;
  readonly className?: string;
}) {
  const { icon: Icon, moving, text } = faces[status];
  return (
    <Icon
      aria-hidden
      strokeWidth={2.25}
      className={cn('size-3.5 shrink-0', moving && 'animate-turn', text, className)}
    />
  );
}

interface StatusBadgeProps {
  readonly status: StepStatus;
  /** Said after `Retrying`: which attempt. */
  readonly attempt?: number;
  /** Without ground and border, for dense lists. */
  readonly plain?: boolean;
  readonly className?: string;
}

export function StatusBadge({ status, attempt, plain = false, className }: StatusBadgeProps) {
  const face = faces[status];
  const word =
    status === 'retrying' && attempt !== undefined && attempt > 1 ? `${face.word} ${attempt}` : face.word;
  return (
    <span
      data-status={status}
      className={cn(
        'tabular inline-flex items-center gap-1.5 whitespace-nowrap font-medium text-xs',
        face.text,
        !plain && ['h-5.5 rounded-sm px-1.5', face.soft],
        className,
      )}
    >
      <StatusIcon status={status} />
      {word}
    </span>
  );
}
