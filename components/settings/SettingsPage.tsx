'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { toast } from 'sonner';
import { client } from '@/components/shell/client';
import { PageHeader } from '@/components/shell/PageHeader';
import { sentenceOf } from '@/components/shell/tell';
import { Button } from '@/components/ui/Button';
import { ErrorState } from '@/components/ui/Notice';
import { NumberInput } from '@/components/ui/NumberInput';
import { Skeleton } from '@/components/ui/Skeleton';
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
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const queries = useQueryClient();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    try {
      const taskLimits = [...limits].map(([resource, concurrency]) => ({ resource, concurrency }));
      queries.setQueryData(['settings'], await client.updateSettings({ body: { taskLimits } }));
      toast.success('Limits saved; they hold from now on');
    } catch (problem) {
      setError(sentenceOf(problem));
    }
    setBusy(false);
  };
  return (
    <form onSubmit={(event) => void submit(event)} aria-labelledby="task-limits">
      <h2 id="task-limits" className="font-semibold text-sm">
        Calls at once
      </h2>
      <p className="mt-1 mb-4 text-muted text-sm">
        How many calls of each kind may be under way at the same time, over all executions. More wait to
        start: urgent executions first, then flows take turns. Empty: no limit.
      </p>
      <ul className="divide-y rounded-md border bg-surface">
        {kinds.map(({ resource, title }) => (
          <li key={resource} className="flex items-center gap-3 px-3 py-2">
            <span className="min-w-0 flex-1">
              <span className="block text-sm">{title}</span>
              <code className="text-faint text-xs">{resource}</code>
            </span>
            <NumberInput
              aria-label={`Calls of ${title} at once`}
              className="w-28"
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
      {error !== undefined && (
        <p role="alert" className="mt-3 text-sm text-status-failed">
          {error}
        </p>
      )}
      <div className="mt-4 flex justify-end">
        <Button type="submit" variant="primary" disabled={busy}>
          Save limits
        </Button>
      </div>
    </form>
  );
}
