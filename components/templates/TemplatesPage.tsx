import { PageHeader } from '@/components/shell/PageHeader';
import { Gallery } from './Gallery';

export function TemplatesPage() {
  return (
    <>
      <PageHeader
        title="Templates"
        aside={<p className="text-muted text-sm max-sm:hidden">Flows to start from; each runs as it is.</p>}
      />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto w-full max-w-6xl p-4">
          <Gallery />
        </div>
      </div>
    </>
  );
}
