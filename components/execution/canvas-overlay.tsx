'use client';

import './overlay.css';
import { createContext, useContext } from 'react';
import type { Overlay } from '@/components/canvas/overlay';
import { cn } from '@/components/ui/cn';
import { child, parent, tokens } from '@/lib/flow/pointer';
import { valueAt } from '@/lib/monitor/ledger';
import type { StateOverlay } from '@/lib/monitor/overlay';
import { type StatusCounts, stepStatuses } from '@/lib/monitor/status';
import type { Focus } from '@/lib/monitor/view';
import { faces, StatusBadge, StatusIcon } from './StatusBadge';
import { useLive, useOverlay, useTopic } from './use-live';

/** The iterations that are looked at; cards inside a Map show these alone. */
export const FocusContext = createContext<Focus>([]);

/** What an execution lays over the canvas; each card and arrow listens to its own state only. */
export const executionOverlay: Overlay = { Status, useLook, useTaken };

function Status({ pointer }: { readonly pointer: string }) {
  const overlay = useOverlay(pointer, useContext(FocusContext));
  if (overlay === undefined) return null;
  const { status, attempt, inside } = overlay;
  return (
    // On the card's upper edge, so that it takes no room from the name.
    <span
      className={cn(
        'absolute -top-2.5 right-2.5 inline-flex h-5 items-center gap-2 rounded-full border bg-surface px-[7px]',
        faces[status].border,
      )}
    >
      <StatusBadge status={status} attempt={attempt} plain className="text-[11px]" />
      <Numbers counts={inside ?? several(overlay)} />
    </span>
  );
}

/** Visits are counted only where there is more than one to count. */
function several({ visits }: StateOverlay): StatusCounts {
  const total = stepStatuses.reduce((sum, status) => sum + (visits[status] ?? 0), 0);
  return total > 1 ? visits : {};
}

/** How many iterations, branches or visits are in each status. */
function Numbers({ counts }: { readonly counts: StatusCounts }) {
  const shown = stepStatuses.filter((status) => (counts[status] ?? 0) > 0);
  if (shown.length === 0) return null;
  return (
    <span className="tabular flex items-center gap-1.5 text-[11px] text-muted leading-4">
      {shown.map((status) => (
        <span key={status} title={faces[status].word} className="inline-flex items-center gap-0.5">
          <StatusIcon status={status} className="size-3 animate-none" />
          {counts[status]?.toLocaleString('en')}
          <span className="sr-only">{faces[status].word}</span>
        </span>
      ))}
    </span>
  );
}

function useLook(pointer: string): string {
  const overlay = useOverlay(pointer, useContext(FocusContext));
  return `look-${overlay?.status ?? 'none'}`;
}

function useTaken(edge: string): boolean {
  const { monitor } = useLive();
  const field = tokens(edge).at(-1);
  const target = valueAt(monitor.definition, edge);
  const source = field === 'StartAt' ? startOf(edge, String(target)) : sourceOf(edge);
  const overlay = useOverlay(source, useContext(FocusContext));
  // An arrow is also told by the state that it leads to: it is entered in the same turn.
  useTopic(`state ${source}`);
  if (overlay === undefined) return false;
  if (field === 'StartAt') return true;
  const taken = edge.includes('/Catch/') && !isStateName(edge) ? overlay.caughtBy : overlay.taken;
  return taken.includes(String(target));
}

/** `/States/Catch/Next`: the state itself is called Catch. */
function isStateName(edge: string): boolean {
  return tokens(edge).at(-2) === 'Catch' && tokens(edge).at(-3) === 'States';
}

function startOf(edge: string, name: string): string {
  return child(child(parent(edge) ?? '', 'States'), name);
}

/** The pointer of the state that an arrow belongs to: what stands before its own field. */
function sourceOf(edge: string): string {
  const [field, ...before] = tokens(edge).toReversed();
  const depth =
    field === 'Next' && /^\d+$/.test(before[0] ?? '') && /^(Choices|Catch)$/.test(before[1] ?? '') ? 3 : 1;
  let pointer: string = edge;
  for (let level = 0; level < depth; level += 1) pointer = parent(pointer) ?? '';
  return pointer;
}
