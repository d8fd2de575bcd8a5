import { PanelLeftOpen } from 'lucide-react';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { CanvasHandle } from '@/components/canvas/Drawing';
import { FlowCanvas } from '@/components/canvas/FlowCanvas';
import { usePageActions } from '@/components/shell/palette';
import { Button } from '@/components/ui/Button';
import { IconButton } from '@/components/ui/IconButton';
import { Skeleton } from '@/components/ui/Skeleton';
import { Splitter } from '@/components/ui/Splitter';
import { actions, type Place } from './actions';
import { gesturesOf } from './gestures';
import { fetchForms, Inspector } from './inspector/Inspector';
import { Palette } from './Palette';
import { ProblemsPanel } from './ProblemsPanel';
import { useBench, useSession } from './SessionContext';
import { documentIn, edit, select, typeText } from './session';
import { Toolbar } from './Toolbar';
import { fetchTexts, texts } from './texts';
import { useKeys } from './use-keys';
import { useProblems } from './use-problems';
import { useReveal } from './use-reveal';

/** The code editor is as large as the rest of the designer, so it comes when it is opened. */
const CodePane = dynamic(() => import('@/components/code/CodePane').then((module) => module.CodePane), {
  ssr: false,
  loading: () => <Skeleton className="m-3 h-40" />,
});

const fetchDialogs = () => import('./Dialogs');
const Dialogs = dynamic(() => fetchDialogs().then((module) => module.Dialogs), { ssr: false });

/** Fetches forms, dialogs and the code editor once the browser has nothing else to do, so that the first need not wait. */
function fetchAhead() {
  const timer = setTimeout(() => {
    void fetchTexts();
    void fetchForms();
    void fetchDialogs();
    void import('@/components/code/CodePane');
  }, 1500);
  return () => clearTimeout(timer);
}

/** One open designer: palette, canvas, code, problems and the form of what is selected. */
export function Workbench({ name }: { readonly name: string }) {
  const bench = useBench();
  const canvas = useRef<CanvasHandle>(null);
  const [hasPalette, setPalette] = useState(() => window.matchMedia('(min-width: 768px)').matches);
  const isCodeOpen = useSession((state) => state.isCodeOpen);
  const areProblemsOpen = useSession((state) => state.areProblemsOpen);
  const isAsking = useSession(
    ({ picking, isConnecting, isRunOpen, isNoteOpen }) =>
      picking !== undefined || isConnecting || isRunOpen || isNoteOpen,
  );
  // Once asked, they stay: what was typed is still there when one asks again.
  const [wereAsked, setAsked] = useState(false);
  if (isAsking && !wereAsked) setAsked(true);
  const place = useMemo(
    () => ({
      ...bench,
      get canvas() {
        return canvas.current;
      },
    }),
    [bench],
  );
  useEffect(fetchAhead, []);
  useKeys(place);
  usePageActions(useMemo(() => pageActions(place), [place]));
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <Toolbar name={name} place={() => place} />
      <div className="flex min-h-0 flex-1">
        {hasPalette && <Palette canvas={canvas} onClose={() => setPalette(false)} />}
        <div className="relative flex min-w-0 flex-1 flex-col">
          {!hasPalette && (
            <IconButton
              size="sm"
              variant="secondary"
              label="Show the palette"
              className="absolute top-2 left-2 z-10"
              onClick={() => setPalette(true)}
            >
              <PanelLeftOpen aria-hidden />
            </IconButton>
          )}
          <Splitter
            direction="vertical"
            label="Width of the code"
            fixed="second"
            initial={440}
            min={280}
            max={900}
            // The canvas stays what it is, with its view and its folds, while the code comes and goes.
            className={isCodeOpen ? '' : '[&>*:nth-child(n+2)]:hidden'}
            first={<Ground name={name} canvas={canvas} />}
            second={isCodeOpen ? <Code /> : null}
          />
          {areProblemsOpen && (
            <div className="h-48 shrink-0 border-t">
              <ProblemsPanel />
            </div>
          )}
        </div>
        <Inspector />
      </div>
      {wereAsked && <Dialogs name={name} />}
    </div>
  );
}

function Ground({
  name,
  canvas,
}: {
  readonly name: string;
  readonly canvas: React.RefObject<CanvasHandle | null>;
}) {
  const { session } = useBench();
  const document = useSession((state) => state.history.present);
  const selection = useSession((state) => state.selection);
  const marks = useProblems();
  const gestures = useMemo(() => gesturesOf(session), [session]);
  const isEmpty = Object.keys(document.definition.States).length === 0;
  const press = useReveal(canvas);
  return (
    <div className="relative min-h-0 min-w-0 flex-1" onPointerDownCapture={press}>
      <FlowCanvas
        ref={canvas}
        label={`Flow ${name}`}
        definition={document.definition}
        layout={document.layout}
        selection={selection}
        onSelect={(pointers) => select(session, pointers)}
        gestures={gestures}
        marks={marks}
      />
      {isEmpty && <Beginning />}
      {document.text.unread !== undefined && (
        <p
          role="status"
          className="absolute top-2 left-1/2 -translate-x-1/2 rounded-md border bg-status-retrying-soft px-2.5 py-1 text-status-retrying text-xs"
        >
          The code cannot be read: this is the last flow that could.
        </p>
      )}
    </div>
  );
}

function Beginning() {
  return (
    <div className="pointer-events-none absolute inset-0 grid place-items-center">
      <div className="flex flex-col items-center gap-3 rounded-lg border border-border-strong border-dashed bg-background/80 px-10 py-8 text-center">
        <p className="font-medium text-sm">Drag a state here</p>
        <p className="max-w-56 text-muted text-xs">
          The first one is where the flow starts. Or press one in the palette.
        </p>
        <Button asChild size="sm" className="pointer-events-auto">
          <Link href="/templates">Start from a template</Link>
        </Button>
      </div>
    </div>
  );
}

function Code() {
  const { session } = useBench();
  const document = useSession((state) => state.history.present);
  const selection = useSession((state) => state.selection);
  const problems = useSession((state) => state.problems);
  return (
    <CodePane
      document={document}
      selection={selection}
      problems={problems}
      onType={(source) => typeText(session, source)}
      onFormat={(format) =>
        edit(session, { ok: true, document: texts().inFormat(documentIn(session), format) })
      }
      onSelect={(pointers) => select(session, pointers)}
    />
  );
}

function pageActions(place: Place) {
  return actions.map(({ label, keys, may, run }) => ({
    label,
    ...(keys === undefined ? {} : { shortcut: keys }),
    run: () => {
      if (may(place.session)) run(place);
    },
  }));
}
