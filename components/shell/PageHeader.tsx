import type { ReactNode } from 'react';
import { cn } from '@/components/ui/cn';

interface PageHeaderProps {
  readonly title: ReactNode;
  /** Beside the title: counts, status, links. */
  readonly aside?: ReactNode;
  /** Buttons at the right end. */
  readonly actions?: ReactNode;
  readonly className?: string;
}

/** The first row of every page: where one is, and what one can do here. */
export function PageHeader({ title, aside, actions, className }: PageHeaderProps) {
  return (
    <header
      className={cn(
        'flex min-h-12 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b bg-surface px-4 py-2',
        className,
      )}
    >
      <h1 className="min-w-0 truncate font-semibold text-base max-sm:mr-auto">{title}</h1>
      {aside}
      {actions !== undefined && (
        <div className="ml-auto flex flex-wrap items-center justify-end gap-2 max-sm:contents">{actions}</div>
      )}
    </header>
  );
}
