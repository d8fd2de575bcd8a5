import { Copy, Trash2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { faceOf } from '@/components/canvas/kind-face';
import { IconButton } from '@/components/ui/IconButton';
import { Tabs } from '@/components/ui/Tabs';
import { duplicate } from '@/lib/editor/fragment';
import { removeStates } from '@/lib/editor/remove';
import { catches } from '@/lib/editor/transitions';
import type { State } from '@/lib/flow/model';
import { useBench, useSession } from '../SessionContext';
import { documentIn, edit } from '../session';
import { Basics } from './Basics';
import { DataFields } from './DataFields';
import { ErrorFields } from './ErrorFields';
import { PaneHeader } from './Pane';
import { TestFields } from './TestFields';

type Tab = 'basics' | 'data' | 'errors' | 'test';

interface StateFormProps {
  readonly pointer: string;
  readonly state: State;
}

/** The form of one state. Every kind of state has the same tabs in the same order. */
export function StateForm({ pointer, state }: StateFormProps) {
  const { session } = useBench();
  const [tab, setTab] = useState<Tab>('basics');
  const wanted = useSession((one) => one.wanted);
  const { icon: Icon, title } = faceOf(state);
  // Talks to whoever asked for a field: the tab that holds it comes to the front.
  useEffect(() => {
    if (wanted?.pointer.startsWith(pointer)) setTab(tabOf(wanted.pointer.slice(pointer.length)));
  }, [wanted, pointer]);
  return (
    <>
      <PaneHeader icon={<Icon className="size-4 text-muted" aria-hidden />} kind={title}>
        <IconButton
          size="sm"
          label="Duplicate"
          shortcut="Ctrl D"
          onClick={() => edit(session, duplicate(documentIn(session), [pointer]))}
        >
          <Copy aria-hidden />
        </IconButton>
        <IconButton
          size="sm"
          label="Delete"
          shortcut="Delete"
          onClick={() => edit(session, removeStates(documentIn(session), [pointer]))}
        >
          <Trash2 aria-hidden />
        </IconButton>
      </PaneHeader>
      <Tabs
        label="Parts of the form"
        value={tab}
        onChange={setTab}
        tabs={[
          { value: 'basics', label: 'Basics' },
          { value: 'data', label: 'Input & output' },
          { value: 'errors', label: 'Errors', ...countOf(state) },
          { value: 'test', label: 'Test' },
        ]}
      >
        {tab === 'basics' && <Basics pointer={pointer} state={state} />}
        {tab === 'data' && <DataFields pointer={pointer} state={state} />}
        {tab === 'errors' && <ErrorFields pointer={pointer} state={state} />}
        {tab === 'test' && <TestFields key={pointer} pointer={pointer} state={state} />}
      </Tabs>
    </>
  );
}

function countOf(state: State): { count?: number } {
  if (!catches(state) || !('Retry' in state || 'Catch' in state)) return {};
  const count = (state.Retry?.length ?? 0) + (state.Catch?.length ?? 0);
  return count === 0 ? {} : { count };
}

const data = /^\/(Input|Output|Assign|Result|Parameters|ItemSelector)/;

function tabOf(field: string): Tab {
  if (/^\/(Retry|Catch|TimeoutSeconds|Heartbeat)/.test(field)) return 'errors';
  return data.test(field) && !field.startsWith('/Parameters') ? 'data' : 'basics';
}
