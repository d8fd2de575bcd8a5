'use client';

import { ArrowLeft, History } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { usePageActions } from '@/components/shell/palette';
import { usePageTitle } from '@/components/shell/use-page-title';
import { Button } from '@/components/ui/Button';
import { ConfirmDialog } from '@/components/ui/ConfirmDialog';
import { CopyButton } from '@/components/ui/CopyButton';
import { IconButton } from '@/components/ui/IconButton';
import { EmptyState } from '@/components/ui/Notice';
import { closeVersions } from './address';
import { useRestore } from './restore';
import { nameOf, type Shown, useDocument, useShown } from './shown';
import { VersionBody } from './VersionBody';
import { VersionList } from './VersionList';

/** What a flow was at each save: to look at, to compare, and to bring back. */
export function Versions({ name }: { readonly name: string }) {
  const { shown, view, base, hasDraft, newest, show, look, compare } = useShown();
  usePageTitle(`Versions of ${name}`);
  useEscape();
  usePageActions(
    useMemo(() => [{ label: 'Back to the designer', shortcut: 'Escape', run: closeVersions }], []),
  );
  return (
    <section aria-label="Versions" className="flex min-h-0 flex-1 flex-col">
      <header className="flex min-h-12 shrink-0 flex-wrap items-center gap-2 border-b bg-surface px-3">
        <IconButton label="Back to the designer" shortcut="Esc" onClick={closeVersions}>
          <ArrowLeft aria-hidden />
        </IconButton>
        <h1 className="min-w-0 truncate font-semibold text-base">{name}</h1>
        <span className="text-muted text-sm max-sm:hidden">
          {shown === undefined ? 'Versions' : nameOf(shown)}
        </span>
        <div className="ml-auto flex items-center gap-1">
          <CopyButton text={() => window.location.href} label="Copy link to this view" />
          {shown !== undefined && (
            <RestoreButton
              shown={shown}
              newest={newest}
              hasDraft={hasDraft}
              onDone={(number) => show(number)}
            />
          )}
        </div>
      </header>
      <div className="flex min-h-0 flex-1 max-md:flex-col">
        <div className="w-64 shrink-0 overflow-y-auto border-r bg-surface max-md:h-44 max-md:w-full max-md:border-r-0 max-md:border-b">
          <VersionList shown={shown} hasDraft={hasDraft} onShow={show} />
        </div>
        {shown === undefined ? (
          <EmptyState
            className="flex-1"
            icon={<History aria-hidden />}
            title="There is no such version"
            actions={<Button onClick={() => show(newest === 0 ? 'draft' : newest)}>Show the newest</Button>}
          >
            The address may be mistyped.
          </EmptyState>
        ) : (
          <VersionBody
            shown={shown}
            view={view}
            base={base}
            onLook={look}
            onCompare={compare}
            onShow={show}
          />
        )}
      </div>
    </section>
  );
}

interface RestoreButtonProps {
  readonly shown: Shown;
  readonly newest: number;
  readonly hasDraft: boolean;
  readonly onDone: (number: number) => void;
}

/** Asks first only where something would be overwritten. */
function RestoreButton({ shown, newest, hasDraft, onDone }: RestoreButtonProps) {
  const [asking, setAsking] = useState(false);
  const opening = useDocument(shown);
  const { busy, restore } = useRestore(onDone);
  if (shown === 'draft' || (shown === newest && !hasDraft)) return null;
  const document = opening.is === 'ready' ? opening.document : undefined;
  const go = async () => {
    if (document !== undefined) await restore(shown, document);
    setAsking(false);
  };
  return (
    <>
      <Button
        variant="primary"
        disabled={busy || document === undefined}
        onClick={() => (hasDraft ? setAsking(true) : void go())}
      >
        <History aria-hidden />
        Restore
        <span className="max-sm:sr-only"> version {shown}</span>
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Restore version ${shown}?`}
        description="It is saved as a new version and takes the place of your unsaved changes on the canvas. Undo in the designer brings them back."
        action={`Restore version ${shown}`}
        tone="primary"
        busy={busy}
        onConfirm={() => void go()}
      />
    </>
  );
}

function useEscape() {
  // Talks to the window: a key that nothing else took.
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const isTaken =
        event.defaultPrevented ||
        document.querySelector('[role="dialog"], [role="menu"], [role="listbox"]') !== null;
      if (event.key === 'Escape' && !isTaken) closeVersions();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
}
