import {
  CircleAlert,
  CodeXml,
  History,
  Play,
  Redo2,
  Save,
  Settings,
  Tags,
  TriangleAlert,
  Undo2,
  Wand2,
} from 'lucide-react';
import dynamic from 'next/dynamic';
import { type ReactNode, useState } from 'react';
import { usePageTitle } from '@/components/shell/use-page-title';
import { Badge } from '@/components/ui/Badge';
import { Button } from '@/components/ui/Button';
import { cn } from '@/components/ui/cn';
import { IconButton } from '@/components/ui/IconButton';
import { Tooltip } from '@/components/ui/Tooltip';
import { actionNamed, type Place } from './actions';
import { FlowName } from './FlowName';
import { MoreMenu } from './MoreMenu';
import { useBench, useSession } from './SessionContext';
import { isUnsaved, refusalToSave } from './saving';

const AliasesDialog = dynamic(
  () => import('@/components/flows/AliasesDialog').then((module) => module.AliasesDialog),
  { ssr: false },
);
const FlowSettingsDialog = dynamic(
  () => import('@/components/flows/FlowSettingsDialog').then((module) => module.FlowSettingsDialog),
  { ssr: false },
);

interface ToolbarProps {
  readonly name: string;
  readonly place: () => Place;
}

/** The first row: which flow and version this is, and what can be done with the whole of it. */
export function Toolbar({ name, place }: ToolbarProps) {
  const number = useSession((state) => state.saved.number);
  const unsaved = useSession(isUnsaved);
  const isCodeOpen = useSession((state) => state.isCodeOpen);
  usePageTitle(unsaved ? `● ${name}` : name);
  return (
    <header className="flex min-h-12 shrink-0 items-center gap-x-2 border-b bg-surface px-3 max-sm:gap-x-1 max-sm:px-2">
      <FlowName name={name} />
      <Tooltip text="Versions" shortcut="V">
        <button
          type="button"
          aria-label={`Versions, now ${versionText(number, unsaved)}`}
          className="flex shrink-0 rounded-sm"
          onClick={() => actionNamed('versions').run(place())}
        >
          <Badge className="hover:border-border-strong hover:text-foreground">
            <History aria-hidden className="size-3 max-sm:hidden" />
            {number === 0 ? 'not saved' : `v${number}`}
            {number > 0 && unsaved && <span className="text-status-retrying max-sm:sr-only">· edited</span>}
          </Badge>
        </button>
      </Tooltip>
      <div className="ml-auto flex shrink-0 items-center gap-1">
        <ActionButton id="undo" place={place} icon={<Undo2 aria-hidden />} className="max-sm:hidden" />
        <ActionButton id="redo" place={place} icon={<Redo2 aria-hidden />} className="max-sm:hidden" />
        <ActionButton id="tidy" place={place} icon={<Wand2 aria-hidden />} className="max-md:hidden" />
        <span aria-hidden className="mx-1 h-5 w-px bg-border max-md:hidden" />
        <ProblemCount place={place} />
        <Button
          variant="ghost"
          aria-pressed={isCodeOpen}
          className={cn('max-md:hidden', isCodeOpen && 'bg-pressed text-foreground')}
          onClick={() => actionNamed('code').run(place())}
        >
          <CodeXml aria-hidden />
          Code
        </Button>
        <AliasesButton />
        <SettingsButton />
        <MoreMenu place={place} />
        <SaveButton place={place} />
        <Button variant="primary" onClick={() => actionNamed('run').run(place())}>
          <Play aria-hidden />
          Run
        </Button>
      </div>
    </header>
  );
}

function versionText(number: number, unsaved: boolean): string {
  if (number === 0) return 'not saved';
  return unsaved ? `version ${number}, edited` : `version ${number}`;
}

function AliasesButton() {
  const { flowId } = useBench();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <IconButton label="Versions by alias" className="max-md:hidden" onClick={() => setOpen(true)}>
        <Tags aria-hidden />
      </IconButton>
      {isOpen && <AliasesDialog flowId={flowId} open onOpenChange={setOpen} />}
    </>
  );
}

function SettingsButton() {
  const { flowId } = useBench();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <IconButton label="Flow settings" className="max-md:hidden" onClick={() => setOpen(true)}>
        <Settings aria-hidden />
      </IconButton>
      {isOpen && <FlowSettingsDialog flowId={flowId} open onOpenChange={setOpen} />}
    </>
  );
}

interface ActionButtonProps {
  readonly id: string;
  readonly place: () => Place;
  readonly icon: ReactNode;
  readonly className?: string;
}

function ActionButton({ id, place, icon, className }: ActionButtonProps) {
  const { label, keys, may, run } = actionNamed(id);
  // Asked anew with each edit, which is when the answer can change.
  useSession((state) => state.history);
  return (
    <IconButton
      label={label}
      {...(keys === undefined ? {} : { shortcut: keys })}
      {...(className === undefined ? {} : { className })}
      disabled={!may(place().session)}
      onClick={() => run(place())}
    >
      {icon}
    </IconButton>
  );
}

function ProblemCount({ place }: { readonly place: () => Place }) {
  const problems = useSession((state) => state.problems);
  const isOpen = useSession((state) => state.areProblemsOpen);
  const isUnread = useSession((state) => state.history.present.text.unread !== undefined);
  const errors = problems.filter(({ severity }) => severity === 'error').length + (isUnread ? 1 : 0);
  const count = problems.length + (isUnread ? 1 : 0);
  const Sign = errors > 0 ? CircleAlert : TriangleAlert;
  return (
    <Button
      variant="ghost"
      aria-pressed={isOpen}
      aria-label={count === 0 ? 'No problems' : `${count} ${count === 1 ? 'problem' : 'problems'}`}
      className={cn('tabular', isOpen && 'bg-pressed text-foreground')}
      onClick={() => actionNamed('problems').run(place())}
    >
      <Sign
        aria-hidden
        className={cn(
          errors > 0 && 'text-status-failed',
          errors === 0 && count > 0 && 'text-status-retrying',
        )}
      />
      {count}
    </Button>
  );
}

function SaveButton({ place }: { readonly place: () => Place }) {
  const refusal = useSession(refusalToSave);
  const unsaved = useSession(isUnsaved);
  const isSaving = useSession((state) => state.isSaving);
  const isOff = refusal !== undefined || !unsaved || isSaving;
  const why = refusal ?? (unsaved ? 'Save a new version' : 'Everything is saved');
  return (
    <Tooltip text={why} shortcut="Ctrl S">
      {/* Not `disabled`: the reason must be there for keyboard and screen reader too. */}
      <Button
        aria-disabled={isOff}
        {...(isOff ? { 'aria-description': why } : {})}
        className="aria-disabled:pointer-events-auto aria-disabled:cursor-default"
        onClick={() => isOff || actionNamed('save').run(place())}
      >
        <Save aria-hidden />
        <span className="max-sm:sr-only">{isSaving ? 'Saving…' : 'Save'}</span>
      </Button>
    </Tooltip>
  );
}
