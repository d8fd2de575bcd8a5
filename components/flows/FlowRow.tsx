'use client';

import { Copy, Ellipsis, History, ListTree, Pencil, Play, Settings, SquarePen, Trash2 } from 'lucide-react';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { memo, useState } from 'react';
import { StatusBadge, StatusIcon } from '@/components/execution/StatusBadge';
import { statusOf } from '@/components/execution/status-of';
import { client } from '@/components/shell/client';
import { tellProblem } from '@/components/shell/tell';
import { Button } from '@/components/ui/Button';
import { IconButton } from '@/components/ui/IconButton';
import { DropdownMenu } from '@/components/ui/Menu';
import { Cell } from '@/components/ui/Table';
import { TimeAgo } from '@/components/ui/Time';
import { type ExecutionStatus, executionStatuses } from '@/lib/api/execution-status';
import type { FlowSummary } from '@/lib/api/resources';
import type { FlowQuestion } from './FlowDialogs';

const FlowDialogs = dynamic(() => import('./FlowDialogs').then((module) => module.FlowDialogs), {
  ssr: false,
});

/** One flow: a press anywhere on the row opens it. */
export const FlowRow = memo(function FlowRow({ flow }: { readonly flow: FlowSummary }) {
  const { id, name, description, lastExecution, latestVersion, updatedAt } = flow;
  return (
    <tr className="group relative hover:bg-hover has-[[data-row]:focus-visible]:bg-accent-soft">
      <Cell className="w-full max-w-0 py-2">
        <Link
          href={`/flows/${id}`}
          data-row=""
          className="font-medium outline-none after:absolute after:inset-0 max-sm:line-clamp-2"
        >
          {name}
        </Link>
        {description !== '' && <p className="truncate text-faint text-xs">{description}</p>}
      </Cell>
      <Cell className="whitespace-nowrap">
        {lastExecution === null ? (
          <span className="text-faint text-xs">Never run</span>
        ) : (
          <Link
            href={`/executions/${lastExecution.id}`}
            className="relative inline-flex items-center gap-2 rounded-md hover:underline"
          >
            <StatusBadge status={statusOf(lastExecution.status)} />
            <TimeAgo at={Date.parse(lastExecution.startedAt)} className="text-faint text-xs max-sm:hidden" />
          </Link>
        )}
      </Cell>
      <Cell className="max-md:hidden">
        <Counts flow={flow} />
      </Cell>
      <Cell className="tabular text-muted max-lg:hidden">
        {latestVersion === 0 ? '–' : `v${latestVersion}`}
      </Cell>
      <Cell className="text-muted max-md:hidden">
        <TimeAgo at={Date.parse(updatedAt)} className="text-xs" />
      </Cell>
      <Cell className="relative">
        <RowActions flow={flow} />
      </Cell>
    </tr>
  );
});

const words: { readonly [Status in ExecutionStatus]: string } = {
  running: 'running',
  succeeded: 'succeeded',
  failed: 'failed',
  timedOut: 'timed out',
  stopped: 'stopped',
};

function Counts({ flow }: { readonly flow: FlowSummary }) {
  const shown = executionStatuses.filter((status) => flow.counts[status] > 0);
  if (shown.length === 0) return <span className="text-faint text-xs">–</span>;
  return (
    <div className="flex gap-1">
      {shown.map((status) => (
        <Link
          key={status}
          href={`/executions?flow=${flow.id}&status=${status}`}
          title={`${flow.counts[status].toLocaleString('en')} ${words[status]} in the last 30 days`}
          className="tabular relative inline-flex h-6 items-center gap-1 rounded-md px-1.5 text-muted text-xs hover:bg-pressed"
        >
          <StatusIcon status={statusOf(status)} className="animate-none" />
          {flow.counts[status].toLocaleString('en')}
          <span className="sr-only">{words[status]}</span>
        </Link>
      ))}
    </div>
  );
}

function RowActions({ flow }: { readonly flow: FlowSummary }) {
  const [asking, setAsking] = useState<FlowQuestion>();
  const router = useRouter();
  const duplicate = async () => {
    try {
      const { source, format, layout } = await client.getVersion({
        params: { flowId: flow.id, number: 'latest' },
      });
      const copy = await client.createFlow({
        body: { name: `${flow.name.slice(0, 70)} copy`, source, format, layout },
      });
      router.push(`/flows/${copy.id}`);
    } catch (problem) {
      tellProblem('The flow was not duplicated', problem);
    }
  };
  return (
    <div className="flex items-center justify-end gap-1">
      <Button
        size="sm"
        aria-label={`Run ${flow.name}`}
        disabled={flow.latestVersion === 0}
        onClick={() => setAsking('run')}
      >
        <Play aria-hidden />
        <span className="max-sm:sr-only">Run</span>
      </Button>
      <DropdownMenu
        trigger={
          <IconButton label={`More actions for ${flow.name}`} size="sm">
            <Ellipsis aria-hidden />
          </IconButton>
        }
        items={[
          {
            label: 'Open designer',
            icon: <SquarePen aria-hidden />,
            onSelect: () => router.push(`/flows/${flow.id}`),
          },
          {
            label: 'Executions',
            icon: <ListTree aria-hidden />,
            onSelect: () => router.push(`/flows/${flow.id}/executions`),
          },
          {
            label: 'Versions',
            icon: <History aria-hidden />,
            disabled: flow.latestVersion === 0,
            onSelect: () => router.push(`/flows/${flow.id}?version=${flow.latestVersion}`),
          },
          { label: 'Rename…', icon: <Pencil aria-hidden />, onSelect: () => setAsking('rename') },
          { label: 'Settings…', icon: <Settings aria-hidden />, onSelect: () => setAsking('settings') },
          {
            label: 'Duplicate',
            icon: <Copy aria-hidden />,
            disabled: flow.latestVersion === 0,
            onSelect: () => void duplicate(),
          },
          'separator',
          {
            label: 'Delete…',
            icon: <Trash2 aria-hidden />,
            tone: 'danger',
            onSelect: () => setAsking('delete'),
          },
        ]}
      />
      {asking !== undefined && (
        <FlowDialogs flow={flow} asked={asking} onClose={() => setAsking(undefined)} />
      )}
    </div>
  );
}
