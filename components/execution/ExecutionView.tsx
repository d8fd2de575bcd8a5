'use client';

import { useEffect, useMemo, useRef } from 'react';
import { useCanvas } from '@/components/canvas/canvas-store';
import type { CanvasHandle } from '@/components/canvas/Drawing';
import { FlowCanvas } from '@/components/canvas/FlowCanvas';
import { useQueryState } from '@/components/shell/query-state';
import { Splitter } from '@/components/ui/Splitter';
import { Tabs } from '@/components/ui/Tabs';
import type { Execution } from '@/lib/api/resources';
import type { Definition } from '@/lib/flow/model';
import { stepAt } from '@/lib/monitor/view';
import { useExecutionActions } from './actions';
import { executionOverlay, FocusContext } from './canvas-overlay';
import { EventList } from './EventList';
import { ExecutionHeader } from './ExecutionHeader';
import { FailureBanner } from './FailureBanner';
import { Overview } from './Overview';
import { ReadingLong } from './ReadingLong';
import { StepPanel } from './StepPanel';
import { type Selection, useSelection } from './selection';
import { Timeline } from './Timeline';
import { useIsWide } from './use-is-wide';
import { useConnection, useLive, useTopic } from './use-live';
import { WaitingBanner } from './WaitingBanner';

/** What failed and why, the graph that ran, the steps, and one of them in full. */
export function ExecutionView({ execution }: { readonly execution: Execution }) {
  const live = useLive();
  const actions = useExecutionActions(execution.id, live);
  const selection = useSelection();
  const isWide = useIsWide();
  // Whatever is below is drawn anew once the view of a long history has come.
  useConnection();
  const panel =
    selection.step === undefined ? (
      <Overview execution={execution} onSelect={selection.choose} />
    ) : (
      <StepPanel
        key={selection.step}
        execution={execution}
        selection={selection}
        step={selection.step}
        actions={actions}
      />
    );
  return (
    <FocusContext value={selection.focus}>
      <ExecutionHeader execution={execution} actions={actions} />
      <ReadingLong />
      <FailureBanner execution={execution} actions={actions} selection={selection} />
      <WaitingBanner actions={actions} selection={selection} />
      {isWide ? (
        <Splitter
          direction="vertical"
          label="Width of the step panel"
          fixed="second"
          initial={440}
          min={320}
          max={900}
          first={<Graph execution={execution} selection={selection} />}
          second={panel}
        />
      ) : (
        <Narrow selection={selection} panel={panel} />
      )}
    </FocusContext>
  );
}

interface GraphProps {
  readonly execution: Execution;
  readonly selection: Selection;
}

function Graph({ execution, selection }: GraphProps) {
  return (
    <Splitter
      direction="horizontal"
      label="Height of the list of steps"
      fixed="second"
      initial={260}
      min={120}
      max={640}
      first={<Canvas execution={execution} selection={selection} />}
      second={<Lists selection={selection} />}
    />
  );
}

function Canvas({ execution, selection }: GraphProps) {
  const { monitor } = useLive();
  const { choose, focus } = selection;
  const canvas = useRef<CanvasHandle>(null);
  const pointer = selection.step === undefined ? undefined : monitor.steps.get(selection.step)?.pointer;
  const chosen = useMemo(() => (pointer === undefined ? [] : [pointer]), [pointer]);
  return (
    <FlowCanvas
      ref={canvas}
      label={`Execution of ${execution.flowName}`}
      // The cast holds because only definitions that the server's check let through are ever run.
      definition={execution.definition as unknown as Definition}
      layout={execution.layout}
      selection={chosen}
      onSelect={(pointers) => {
        const [first] = pointers;
        if (first === pointer) return;
        choose(first === undefined ? undefined : stepAt(monitor, first, focus));
      }}
      overlay={executionOverlay}
    >
      {pointer !== undefined && <Reveal pointer={pointer} canvas={canvas} />}
    </FlowCanvas>
  );
}

interface RevealProps {
  readonly pointer: string;
  readonly canvas: React.RefObject<CanvasHandle | null>;
}

/** Brings the chosen state into sight, as soon as the canvas knows where it stands. */
function Reveal({ pointer, canvas }: RevealProps) {
  const isPlaced = useCanvas(
    ({ scene, isProvisional }) => !isProvisional && scene.arrangement.boxes.has(pointer),
  );
  // Talks to the canvas, which moves its own view; its first view, of the whole flow, comes before.
  useEffect(() => {
    if (!isPlaced) return;
    const timer = setTimeout(() => canvas.current?.reveal(pointer), 150);
    return () => clearTimeout(timer);
  }, [isPlaced, pointer, canvas]);
  return null;
}

function Lists({ selection }: { readonly selection: Selection }) {
  const { get, set } = useQueryState();
  const { monitor } = useLive();
  useTopic('steps');
  const view = get('view') === 'events' ? 'events' : 'steps';
  return (
    <Tabs
      label="History"
      value={view}
      onChange={(next) => set({ view: next === 'steps' ? '' : next })}
      tabs={[
        { value: 'steps', label: 'Steps', count: monitor.order.length },
        { value: 'events', label: 'Events', count: monitor.summary.lastEvent },
      ]}
    >
      {view === 'steps' ? <Timeline selection={selection} /> : <EventList selection={selection} />}
    </Tabs>
  );
}

/** On a phone: what failed, the steps, and the chosen one below; no drawing. */
function Narrow({ selection, panel }: { readonly selection: Selection; readonly panel: React.ReactNode }) {
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex min-h-0 flex-[2] flex-col border-b">
        <Lists selection={selection} />
      </div>
      <div className="flex min-h-0 flex-[3] flex-col">{panel}</div>
    </div>
  );
}
