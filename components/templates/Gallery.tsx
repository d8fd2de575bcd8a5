'use client';

import { useQuery } from '@tanstack/react-query';
import { LayoutTemplate, Play, SquarePen } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { rememberInput } from '@/components/flows/last-input';
import { client } from '@/components/shell/client';
import { sentenceOf, tellProblem } from '@/components/shell/tell';
import { Badge } from '@/components/ui/Badge';
import { Button } from '@/components/ui/Button';
import { EmptyState, ErrorState } from '@/components/ui/Notice';
import { Skeleton } from '@/components/ui/Skeleton';
import type { Template } from '@/lib/api/resources';
import type { Definition } from '@/lib/flow/model';
import { FlowPicture } from './FlowPicture';

/** The sample flows: each can be taken as one's own, or run at once. */
export function Gallery() {
  const templates = useQuery({
    queryKey: ['templates'],
    queryFn: ({ signal }) => client.listTemplates({}, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (templates.isError)
    return (
      <ErrorState
        title="The templates could not be read"
        detail={sentenceOf(templates.error)}
        onRetry={() => void templates.refetch()}
      />
    );
  if (templates.isPending)
    return (
      <div role="status" aria-label="Loading templates" className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
        {['a', 'b', 'c'].map((card) => (
          <Skeleton key={card} className="h-80" />
        ))}
      </div>
    );
  if (templates.data.items.length === 0)
    return <EmptyState icon={<LayoutTemplate aria-hidden />} title="No templates are installed" />;
  return (
    <ul className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
      {templates.data.items.map((template) => (
        <li key={template.id} className="flex">
          <Card template={template} />
        </li>
      ))}
    </ul>
  );
}

function Card({ template }: { readonly template: Template }) {
  const [busy, setBusy] = useState(false);
  const router = useRouter();
  const input = template.inputs[0]?.input ?? {};
  const take = async (run: boolean) => {
    setBusy(true);
    try {
      const flow = await client.createFlow({ body: { template: template.id } });
      rememberInput(flow.id, input);
      if (!run) return router.push(`/flows/${flow.id}`);
      const execution = await client.startExecution({ params: { flowId: flow.id }, body: { input } });
      return router.push(`/executions/${execution.id}`);
    } catch (problem) {
      tellProblem(`${template.title} was not started`, problem);
      return setBusy(false);
    }
  };
  return (
    <article
      aria-label={template.title}
      className="flex min-w-0 flex-1 flex-col overflow-hidden rounded-lg border bg-surface"
    >
      <div className="flex h-48 items-center justify-center overflow-hidden border-b bg-background p-3">
        {/* The cast holds because the server offers only definitions that its own check let through. */}
        <FlowPicture definition={template.definition as unknown as Definition} />
      </div>
      <div className="flex flex-1 flex-col gap-1.5 p-4">
        <h2 className="font-semibold text-base">{template.title}</h2>
        <p className="text-muted text-sm">{template.description}</p>
        {template.tags.length > 0 && (
          <div className="mt-1 flex flex-wrap gap-1">
            {template.tags.map((tag) => (
              <Badge key={tag}>{tag}</Badge>
            ))}
          </div>
        )}
        <div className="mt-auto flex gap-2 pt-3">
          <Button
            variant="primary"
            disabled={busy}
            aria-label={`Run ${template.title} now`}
            onClick={() => void take(true)}
          >
            <Play aria-hidden />
            Run now
          </Button>
          <Button disabled={busy} aria-label={`Use ${template.title}`} onClick={() => void take(false)}>
            <SquarePen aria-hidden />
            Use
          </Button>
        </div>
      </div>
    </article>
  );
}
