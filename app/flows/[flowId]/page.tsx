import type { Metadata } from 'next';
import { Designer } from '@/components/designer/Designer';

export const metadata: Metadata = { title: 'Designer' };

export default async function Page({ params }: { readonly params: Promise<{ readonly flowId: string }> }) {
  const { flowId } = await params;
  return <Designer key={flowId} flowId={flowId} />;
}
