import { Command } from 'cmdk';
import { useState } from 'react';
import { faceOf } from '@/components/canvas/kind-face';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import { connect, type Exit } from '@/lib/editor/connect';
import { mayConnect } from '@/lib/editor/may';
import { lastOf, machineOf } from '@/lib/editor/pointer';
import { statesIn } from '@/lib/editor/selection';
import { catches } from '@/lib/editor/transitions';
import { stateIn } from '@/lib/editor/tree';
import { useBench, useSession } from './SessionContext';
import { documentIn, edit } from './session';

/** Draws an arrow by the keyboard: the state that the selected one leads to is found by name. */
export function ConnectDialog() {
  const { session } = useBench();
  const isOpen = useSession((state) => state.isConnecting);
  const from = useSession((state) => state.selection[0] ?? '');
  const definition = useSession((state) => state.history.present.definition);
  const [exit, setExit] = useState<Exit>('main');
  const source = stateIn(definition, from);
  const close = () => {
    session.setState({ isConnecting: false });
    setExit('main');
  };
  if (!isOpen || source === undefined) return null;
  const targets = statesIn(definition, machineOf(from)).filter(
    (to) => mayConnect(definition, from, to) === undefined,
  );
  const hasSide = catches(source) || source.Type === 'Choice';
  return (
    <Dialog
      open
      onOpenChange={(open) => open || close()}
      title={`Connect ${lastOf(from)} to…`}
      {...(hasSide
        ? { footer: <ExitChoice isChoice={source.Type === 'Choice'} exit={exit} onChange={setExit} /> }
        : {})}
    >
      <Command label="State to connect to" loop>
        <Command.Input
          autoFocus
          placeholder="Search states"
          className="mb-1 h-9 w-full rounded-md border border-border-strong bg-surface px-2.5 text-sm outline-none placeholder:text-faint"
        />
        <Command.List className="max-h-72 overflow-y-auto">
          <Command.Empty className="py-6 text-center text-muted text-xs">
            No state here is called so.
          </Command.Empty>
          {targets.map((to) => {
            const target = stateIn(definition, to);
            const Icon = target && faceOf(target).icon;
            return (
              <Command.Item
                key={to}
                value={lastOf(to)}
                onSelect={() => {
                  close();
                  edit(session, connect(documentIn(session), from, to, exit));
                }}
                className="flex cursor-default items-center gap-2.5 rounded-md px-2 py-1.5 data-[selected=true]:bg-hover"
              >
                {Icon && <Icon className="size-4 text-muted" aria-hidden />}
                {lastOf(to)}
              </Command.Item>
            );
          })}
        </Command.List>
      </Command>
    </Dialog>
  );
}

interface ExitChoiceProps {
  readonly isChoice: boolean;
  readonly exit: Exit;
  readonly onChange: (exit: Exit) => void;
}

function ExitChoice({ isChoice, exit, onChange }: ExitChoiceProps) {
  const words = isChoice
    ? { main: 'By a new rule', side: 'Otherwise' }
    : { main: 'Next', side: 'On an error' };
  return (['main', 'side'] as const).map((one) => (
    <Button
      key={one}
      size="sm"
      aria-pressed={exit === one}
      variant={exit === one ? 'primary' : 'secondary'}
      onClick={() => onChange(one)}
    >
      {words[one]}
    </Button>
  ));
}
