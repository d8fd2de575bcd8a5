'use client';

import { useQuery } from '@tanstack/react-query';
import { Command } from 'cmdk';
import {
  CornerDownLeft,
  Keyboard,
  LayoutTemplate,
  ListTree,
  Moon,
  Play,
  Plus,
  Sun,
  Workflow,
} from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTheme } from 'next-themes';
import { type ReactNode, useDeferredValue, useState } from 'react';
import { StatusBadge } from '@/components/execution/StatusBadge';
import { statusOf } from '@/components/execution/status-of';
import { Kbd } from '@/components/ui/Kbd';
import { client } from './client';
import { openNewFlow, openPalette, openShortcuts, usePalette } from './palette';

/** What can be typed and chosen in the command palette. */
export function Commands() {
  const [text, setText] = useState('');
  const search = useDeferredValue(text.trim());
  const pageActions = usePalette((state) => state.pageActions);
  const router = useRouter();
  const { resolvedTheme, setTheme } = useTheme();
  const run = (action: () => void) => () => {
    openPalette(false);
    action();
  };
  const go = (path: string) => run(() => router.push(path));
  return (
    <Command label="Search and commands" loop>
      <Command.Input
        autoFocus
        value={text}
        onValueChange={setText}
        placeholder="Go to a flow, an execution id, or do something…"
        className="h-11 w-full border-b bg-transparent px-4 text-base outline-none placeholder:text-faint"
      />
      <Command.List className="max-h-[50vh] overflow-y-auto p-1.5">
        <Command.Empty className="py-8 text-center text-muted text-sm">Nothing matches</Command.Empty>
        {pageActions.length > 0 && (
          <Group heading="On this page">
            {pageActions.map(({ label, shortcut, run: act }) => (
              <Line key={label} icon={<CornerDownLeft />} shortcut={shortcut} onSelect={run(act)}>
                {label}
              </Line>
            ))}
          </Group>
        )}
        <Found search={search} go={go} />
        <Group heading="Everywhere">
          <Line icon={<Plus />} onSelect={run(() => openNewFlow(true))}>
            New flow…
          </Line>
          <Line icon={<Workflow />} shortcut="G F" onSelect={go('/')}>
            Go to flows
          </Line>
          <Line icon={<ListTree />} shortcut="G E" onSelect={go('/executions')}>
            Go to executions
          </Line>
          <Line icon={<LayoutTemplate />} shortcut="G T" onSelect={go('/templates')}>
            Go to templates
          </Line>
          <Line
            icon={resolvedTheme === 'dark' ? <Sun /> : <Moon />}
            onSelect={run(() => setTheme(other(resolvedTheme)))}
          >
            Switch to the {other(resolvedTheme)} theme
          </Line>
          <Line icon={<Keyboard />} shortcut="?" onSelect={run(() => openShortcuts(true))}>
            Keyboard shortcuts
          </Line>
        </Group>
      </Command.List>
    </Command>
  );
}

function other(theme: string | undefined): 'light' | 'dark' {
  return theme === 'dark' ? 'light' : 'dark';
}

/** Flows and executions that the text finds on the server. */
function Found({ search, go }: { readonly search: string; readonly go: (path: string) => () => void }) {
  const flows = useQuery({
    queryKey: ['palette', 'flows', search],
    queryFn: ({ signal }) => client.listFlows({ query: { search, limit: 8 } }, signal),
    placeholderData: (before) => before,
  });
  const executions = useQuery({
    queryKey: ['palette', 'executions', search],
    queryFn: ({ signal }) => client.listExecutions({ query: { search, limit: 6 } }, signal),
    enabled: search.length >= 4,
  });
  return (
    <>
      <Group heading="Flows">
        {flows.data?.items.map(({ id, name }) => (
          <Line key={id} value={`${name} ${id}`} icon={<Workflow />} onSelect={go(`/flows/${id}`)}>
            {name}
          </Line>
        ))}
      </Group>
      {search.length >= 4 && (
        <Group heading="Executions">
          {executions.data?.items.map(({ id, name, flowName, status }) => (
            // The text is part of the value: the server has matched it already, by parts that cmdk does not see.
            <Line key={id} value={`${search} ${id}`} icon={<Play />} onSelect={go(`/executions/${id}`)}>
              <span className="min-w-0 truncate">{flowName}</span>
              <code className="min-w-0 truncate text-faint text-xs">{name}</code>
              <StatusBadge status={statusOf(status)} plain className="ml-auto" />
            </Line>
          ))}
        </Group>
      )}
    </>
  );
}

function Group({ heading, children }: { readonly heading: string; readonly children: ReactNode }) {
  return (
    <Command.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-faint [&_[cmdk-group-heading]]:text-xs"
    >
      {children}
    </Command.Group>
  );
}

interface LineProps {
  readonly icon: ReactNode;
  readonly children: ReactNode;
  readonly onSelect: () => void;
  readonly value?: string;
  readonly shortcut?: string | undefined;
}

function Line({ icon, children, onSelect, value, shortcut }: LineProps) {
  return (
    <Command.Item
      {...(value === undefined ? {} : { value })}
      onSelect={onSelect}
      className="flex cursor-default items-center gap-2.5 rounded-md px-2.5 py-1.5 text-sm data-[selected=true]:bg-hover [&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:text-faint"
    >
      {icon}
      {children}
      {shortcut !== undefined && <Kbd keys={shortcut} className="ml-auto" />}
    </Command.Item>
  );
}
