import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from './Button';
import { cn } from './cn';

interface NoticeProps {
  readonly title: string;
  readonly children?: ReactNode;
  readonly icon?: ReactNode;
  /** Buttons: what to do next. */
  readonly actions?: ReactNode;
  readonly className?: string;
}

/** There is nothing here, and why, and what to do about it. */
export function EmptyState({ title, children, icon, actions, className }: NoticeProps) {
  return (
    <div className={cn('flex flex-col items-center justify-center gap-2 px-6 py-12 text-center', className)}>
      {icon !== undefined && <div className="text-faint [&_svg]:size-6">{icon}</div>}
      <h2 className="font-medium text-sm">{title}</h2>
      {children !== undefined && <div className="max-w-md text-muted text-sm">{children}</div>}
      {actions !== undefined && <div className="mt-2 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  );
}

interface ErrorStateProps {
  readonly title: string;
  /** What went wrong, in a sentence. */
  readonly detail: string;
  readonly onRetry?: () => void;
  readonly className?: string;
}

/** Something could not be shown: not the same as nothing being there. */
export function ErrorState({ title, detail, onRetry, className }: ErrorStateProps) {
  return (
    <div role="alert" className={cn('flex flex-col items-center gap-2 px-6 py-12 text-center', className)}>
      <CircleAlert className="size-6 text-status-failed" aria-hidden />
      <h2 className="font-medium text-sm">{title}</h2>
      <p className="max-w-md break-words text-muted text-sm">{detail}</p>
      {onRetry !== undefined && (
        <Button className="mt-2" onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}
