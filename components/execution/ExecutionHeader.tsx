'use client';

import { Ellipsis, Pause, Play, RotateCw, Square, StepForward, Unplug } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useMemo, useState } from 'react';
import { RunDialog } from '@/components/flows/RunDialog';
import { usePageActions } from '@/components/shell/palette';
import { usePageTitle } from '@/components/shell/use-page-title';
import { Badge } from '@/components/ui/Badge';
import { Button } from '@/components/ui/Button';
import { CopyButton } from '@/components/ui/CopyButton';
import { IconButton } from '@/components/ui/IconButton';
import { DropdownMenu } from '@/components/ui/Menu';
import { Duration, TimeAgo } from '@/components/ui/Time';
import type { Execution } from '@/lib/api/resources';
import type { ExecutionActions } from './actions';
import { DeleteExecutionDialog } from './DeleteExecutionDialog';
import { RedriveDialog } from './repair/RedriveDialog';
import { faces, StatusBadge } from './StatusBadge';
import { StopDialog } from './StopDialog';
import { statusOf } from './status-of';
import { useConnection, useParkedCount, useSummary } from './use-live';

interface ExecutionHeaderProps {
  readonly execution: Execution;
  readonly actions: ExecutionActions;
}

type Question = 'delete' | 'stop' | 'redrive' | 'again';

/** What this is, how it stands, and what can be done with the whole of it. */
export function ExecutionHeader({ execution, actions }: ExecutionHeaderProps) {
  const [asking, setAsking] = useState<Question>();
  const router = useRouter();
  const status = useStatus(execution);
  usePageTitle(`${faces[statusOf(status)].word}: ${execution.flowName}`);
  const parkedCount = useParkedCount();
  const canRedrive = status === 'running' ? parkedCount > 0 : status !== 'succeeded';
  const ask = (what: Question) => ({
    open: asking === what,
    onOpenChange: (open: boolean) => setAsking(open ? what : undefined),
  });
  usePageActions(
    useMemo(
      () => [
        ...(status === 'running' ? [{ label: 'Stop this execution…', run: () => setAsking('stop') }] : []),
        ...(canRedrive ? [{ label: 'Redrive from failure…', run: () => setAsking('redrive') }] : []),
        { label: 'Start again…', run: () => setAsking('again') },
        {
          label: `Open ${execution.flowName} in the designer`,
          run: () => router.push(`/flows/${execution.flowId}`),
        },
      ],
      [status, canRedrive, execution.flowName, execution.flowId, router],
    ),
  );
  return (
    <header className="flex min-h-12 shrink-0 flex-wrap items-center gap-x-3 gap-y-1.5 border-b bg-surface px-4 py-2">
      <Identity execution={execution} />
      <div className="ml-auto flex flex-wrap items-center gap-2">
        {status === 'running' && <PauseButton actions={actions} />}
        {status === 'running' && (
          <Button onClick={() => setAsking('stop')}>
            <Square aria-hidden />
            Stop
          </Button>
        )}
        {canRedrive && (
          <Button onClick={() => setAsking('redrive')}>
            <RotateCw aria-hidden />
            Redrive
          </Button>
        )}
        <Button onClick={() => setAsking('again')}>
          <Play aria-hidden />
          Start again
        </Button>
        <DropdownMenu
          trigger={
            <IconButton label="More">
              <Ellipsis aria-hidden />
            </IconButton>
          }
          items={[
            { label: 'Open designer', onSelect: () => router.push(`/flows/${execution.flowId}`) },
            {
              label: 'All executions of this flow',
              onSelect: () => router.push(`/flows/${execution.flowId}/executions`),
            },
            {
              label: 'Delete this execution…',
              tone: 'danger' as const,
              disabled: status === 'running',
              onSelect: () => setAsking('delete'),
            },
          ]}
        />
      </div>
      <StopDialog {...ask('stop')} onStop={actions.stop} />
      <DeleteExecutionDialog {...ask('delete')} execution={execution} />
      <RedriveDialog {...ask('redrive')} execution={execution} actions={actions} />
      <RunDialog
        {...ask('again')}
        title="Start again"
        flow={{ id: execution.flowId, name: execution.flowName }}
        ran={execution.version}
        input={JSON.stringify(execution.input, null, 2)}
      />
    </header>
  );
}

function PauseButton({ actions }: { readonly actions: ExecutionActions }) {
  const { paused } = useSummary();
  const [busy, setBusy] = useState(false);
  const toggle = async () => {
    setBusy(true);
    await (paused ? actions.resume() : actions.pause());
    setBusy(false);
  };
  return (
    <Button disabled={busy} onClick={() => void toggle()}>
      {paused ? <StepForward aria-hidden /> : <Pause aria-hidden />}
      {paused ? 'Resume' : 'Pause'}
    </Button>
  );
}

/** What the journal says as far as it is read; until then, what the list said. */
function useStatus(execution: Execution): Execution['status'] {
  const { status, lastEvent } = useSummary();
  return lastEvent === 0 ? execution.status : status;
}

function useQueued(execution: Execution): boolean {
  const { queued, lastEvent } = useSummary();
  return lastEvent === 0 ? execution.queued : queued;
}

function Identity({ execution }: { readonly execution: Execution }) {
  const { id, name, flowId, flowName, version, formerVersions, parent, redrives, alias, priority } =
    execution;
  const { startedAt, endedAt, lastEvent, omitted, paused } = useSummary();
  const started = lastEvent === 0 ? Date.parse(execution.startedAt) : startedAt;
  return (
    <>
      <h1 className="flex min-w-0 items-center gap-2 font-semibold text-base">
        <Link href={`/flows/${flowId}`} className="truncate hover:underline">
          {flowName}
        </Link>
        <Link href={`/flows/${flowId}?version=${version}`} title="Look at this version" className="flex">
          <Badge className="hover:border-border-strong hover:text-foreground">
            v{[...formerVersions, version].join(' → v')}
          </Badge>
        </Link>
      </h1>
      <span data-testid="execution-status">
        <StatusBadge status={statusOf(useStatus(execution), useQueued(execution))} />
      </span>
      <span className="flex min-w-0 items-center">
        <code className="max-w-64 truncate text-muted text-xs max-sm:hidden">{name}</code>
        <CopyButton text={id} label="Copy execution id" />
      </span>
      <span className="flex items-center gap-2 text-muted text-xs">
        <Duration from={started} to={endedAt} />
        <span className="text-faint">
          started <TimeAgo at={started} />
        </span>
      </span>
      {alias !== null && <Badge>by {alias}</Badge>}
      {priority !== 0 && <Badge>priority {priority}</Badge>}
      {omitted !== undefined && <Badge>express: {omitted} events not kept</Badge>}
      {paused && <Badge>paused</Badge>}
      {redrives > 0 && <Badge>redriven {redrives} ×</Badge>}
      {parent !== null && (
        <Link
          href={`/executions/${parent.executionId}?step=${parent.step}`}
          className="text-accent-text text-xs hover:underline"
        >
          Started by another execution
        </Link>
      )}
      <ConnectionNote />
    </>
  );
}

function ConnectionNote() {
  const connection = useConnection();
  return (
    <span role="status" className="text-xs">
      {connection === 'broken' && (
        <span className="inline-flex items-center gap-1.5 text-status-retrying">
          <Unplug className="size-3.5" aria-hidden />
          Reconnecting…
        </span>
      )}
    </span>
  );
}
