import type { Metadata } from 'next';
import { Suspense } from 'react';
import { FlowExecutionsPage } from '@/components/execution/FlowExecutionsPage';

export const metadata: Metadata = { title: 'Executions' };

export default async function Page({ params }: { readonly params: Promise<{ flowId: string }> }) {
  const { flowId } = await params;
  return (
    <Suspense>
      <FlowExecutionsPage flowId={flowId} />
    </Suspense>
  );
}
