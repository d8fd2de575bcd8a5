'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '@/components/shell/client';
import { PageHeader } from '@/components/shell/PageHeader';
import { sentenceOf } from '@/components/shell/tell';
import { useSubmit } from '@/components/shell/use-submit';
import { FormButtons } from '@/components/ui/FormButtons';
import { ErrorState } from '@/components/ui/Notice';
import { NumberInput } from '@/components/ui/NumberInput';
import { Skeleton } from '@/components/ui/Skeleton';
import { toast } from '@/components/ui/toast';
import type { TaskKind } from '@/lib/api/resources';
import type { Settings } from '@/lib/api/settings';

/** What is decided for the installation as a whole. */
export function SettingsPage() {
  const settings = useQuery({
    queryKey: ['settings'],
    queryFn: ({ signal }) => client.getSettings({}, signal),
  });
  const kinds = useQuery({
    queryKey: ['task-kinds'],
    queryFn: ({ signal }) => client.listTaskKinds({}, signal),
  });
  const error = settings.error ?? kinds.error;
  return (
    <>
      <PageHeader title="Settings" />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto w-full max-w-3xl px-4 py-6">
          {error !== null && (
            <ErrorState
              title="The settings could not be read"
              detail={sentenceOf(error)}
              onRetry={() => void Promise.all([settings.refetch(), kinds.refetch()])}
            />
          )}
          {error === null && (settings.data === undefined || kinds.data === undefined) && (
            <Skeleton className="h-40" />
          )}
          {settings.data !== undefined && kinds.data !== undefined && (
            <TaskLimits settings={settings.data} kinds={kinds.data.items} />
          )}
        </div>
      </div>
    </>
  );
}

interface TaskLimitsProps {
  readonly settings: Settings;
  readonly kinds: readonly TaskKind[];
}

function TaskLimits({ settings, kinds }: TaskLimitsProps) {
  const [limits, setLimits] = useState<ReadonlyMap<string, number>>(
    () => new Map(settings.taskLimits.map(({ resource, concurrency }) => [resource, concurrency])),
  );
  const queries = useQueryClient();
  const form = useSubmit(async () => {
    const taskLimits = [...limits].map(([resource, concurrency]) => ({ resource, concurrency }));
    queries.setQueryData(['settings'], await client.updateSettings({ body: { taskLimits } }));
    toast.success('Limits saved; they hold from now on');
  });
  return (
    <form onSubmit={form.onSubmit} aria-labelledby="task-limits" className="flex flex-col gap-4">
      <div>
        <h2 id="task-limits" className="font-semibold text-sm">
          Calls at once
        </h2>
        <p className="mt-1 text-muted text-sm">
          How many calls of each kind may be under way at the same time, over all executions. More wait to
          start: urgent executions first, then flows take turns. Empty: no limit.
        </p>
      </div>
      <ul className="divide-y rounded-md border bg-surface">
        {kinds.map(({ resource, title }) => (
          <li key={resource} className="flex items-center gap-3 px-3 py-2">
            <span className="min-w-0 flex-1">
              <span className="block text-sm">{title}</span>
              <code className="block truncate text-faint text-xs" title={resource}>
                {resource}
              </code>
            </span>
            <NumberInput
              aria-label={`Calls of ${title} at once`}
              className="w-28 shrink-0"
              min={1}
              max={100_000}
              placeholder="No limit"
              value={limits.get(resource) ?? null}
              onChange={(next) => {
                const changed = new Map(limits);
                if (next === null) changed.delete(resource);
                else changed.set(resource, next);
                setLimits(changed);
              }}
            />
          </li>
        ))}
      </ul>
      <FormButtons action="Save limits" busy={form.busy} error={form.error} />
    </form>
  );
}
