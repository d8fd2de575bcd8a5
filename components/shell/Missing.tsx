import { SearchX } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/Button';
import { EmptyState } from '@/components/ui/Notice';

interface MissingProps {
  readonly title: string;
  /** Why that may be. */
  readonly children: ReactNode;
  /** Where to go on. */
  readonly href: string;
  readonly action: string;
}

/** A whole page in place of something that is not there. */
export function Missing({ title, children, href, action }: MissingProps) {
  return (
    <EmptyState
      className="flex-1"
      icon={<SearchX aria-hidden />}
      title={title}
      actions={
        <Button asChild>
          <Link href={href}>{action}</Link>
        </Button>
      }
    >
      {children}
    </EmptyState>
  );
}

/** In place of a flow that is not there. */
export function MissingFlow() {
  return (
    <Missing title="There is no such flow" href="/" action="Go to the flows">
      It may have been deleted, or the address is mistyped.
    </Missing>
  );
}
