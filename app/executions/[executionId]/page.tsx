import type { Metadata } from 'next';
import { Suspense } from 'react';
import { ExecutionPage } from '@/components/execution/ExecutionPage';

export const metadata: Metadata = { title: 'Execution' };

export default async function Page({ params }: { readonly params: Promise<{ executionId: string }> }) {
  const { executionId } = await params;
  return (
    <Suspense>
      <ExecutionPage executionId={executionId} />
    </Suspense>
  );
}
