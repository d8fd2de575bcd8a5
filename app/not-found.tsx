import type { Metadata } from 'next';
import { Missing } from '@/components/shell/Missing';

export const metadata: Metadata = { title: 'There is no such page' };

export default function NotFound() {
  return (
    <Missing title="There is no such page" href="/" action="Go to the flows">
      The address may be mistyped, or what it led to was deleted.
    </Missing>
  );
}
