import type { Metadata } from 'next';
import Link from 'next/link';
import { Button } from '@/components/ui/Button';
import { EmptyState } from '@/components/ui/Notice';

export const metadata: Metadata = { title: 'There is no such page' };

export default function NotFound() {
  return (
    <EmptyState
      className="flex-1"
      title="There is no such page"
      actions={
        <Button asChild>
          <Link href="/">Go to the flows</Link>
        </Button>
      }
    >
      The address may be mistyped, or what it led to was deleted.
    </EmptyState>
  );
}
