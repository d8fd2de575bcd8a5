import { useState } from 'react';
import { Combobox } from '@/components/ui/Combobox';
import { Field } from '@/components/ui/Field';
import { Input } from '@/components/ui/Input';
import { connect } from '@/lib/editor/connect';
import { lastOf, machineOf } from '@/lib/editor/pointer';
import { removeEdge } from '@/lib/editor/remove';
import { rename } from '@/lib/editor/rename';
import { statesIn } from '@/lib/editor/selection';
import { flows } from '@/lib/editor/transitions';
import { statePointer } from '@/lib/flow/graph';
import type { State } from '@/lib/flow/model';
import { useBench, useSession } from '../SessionContext';
import { documentIn, edit, endGesture } from '../session';
import { ChoiceRules } from './ChoiceRules';
import { FailFields } from './FailFields';
import { LongTextField, useField, useWanted } from './fields';
import { MapFields } from './MapFields';
import { Fields } from './Pane';
import { ParallelFields } from './ParallelFields';
import { PassFields } from './PassFields';
import { TaskFields } from './TaskFields';
import { WaitFields } from './WaitFields';

interface StateProps {
  readonly pointer: string;
  readonly state: State;
}

/** What makes a state this one: its name, what only its kind has, and where it goes on. */
export function Basics({ pointer, state }: StateProps) {
  return (
    <Fields>
      <NameField pointer={pointer} />
      <OwnFields pointer={pointer} state={state} />
      {flows(state) && <NextField pointer={pointer} />}
      <LongTextField pointer={`${pointer}/Comment`} label="Comment" />
    </Fields>
  );
}

function OwnFields({ pointer, state }: StateProps) {
  switch (state.Type) {
    case 'Task':
      return <TaskFields pointer={pointer} state={state} />;
    case 'Choice':
      return <ChoiceRules pointer={pointer} state={state} />;
    case 'Wait':
      return <WaitFields pointer={pointer} state={state} />;
    case 'Parallel':
      return <ParallelFields pointer={pointer} state={state} />;
    case 'Map':
      return <MapFields pointer={pointer} state={state} />;
    case 'Pass':
      return <PassFields pointer={pointer} />;
    case 'Fail':
      return <FailFields pointer={pointer} />;
    case 'Succeed':
      return null;
  }
}

/** The name changes with each letter that makes a possible name; another text waits, with the reason. */
function NameField({ pointer }: { readonly pointer: string }) {
  const { session } = useBench();
  const field = useWanted<HTMLInputElement>(pointer);
  const name = lastOf(pointer);
  const [draft, setDraft] = useState<{
    readonly text: string;
    readonly reason: string;
    readonly of: string;
  }>();
  const isOpen = draft !== undefined && draft.of === pointer;
  const type = (text: string) => {
    const made = rename(documentIn(session), pointer, text);
    if (made.ok) {
      setDraft(undefined);
      edit(session, made, `name ${machineOf(pointer)}`);
    } else setDraft({ text, reason: made.reason, of: pointer });
  };
  return (
    <Field label="Name" error={isOpen ? draft.reason : undefined}>
      {(ids) => (
        <Input
          {...ids}
          ref={field}
          value={isOpen ? draft.text : name}
          maxLength={80}
          onChange={(event) => type(event.target.value)}
          onBlur={() => {
            setDraft(undefined);
            endGesture(session);
          }}
        />
      )}
    </Field>
  );
}

const end = '\u0000end';

/** Where a state goes on. */
function NextField({ pointer }: { readonly pointer: string }) {
  const { session } = useBench();
  const { value, problem } = useField(`${pointer}/Next`);
  const definition = useSession((one) => one.history.present.definition);
  const machine = machineOf(pointer);
  const names = statesIn(definition, machine).map(lastOf);
  return (
    <Field label="Goes on to" error={problem}>
      {(ids) => (
        <Combobox
          {...ids}
          label="Goes on to"
          value={typeof value === 'string' ? value : end}
          options={[{ value: end, label: 'End' }, ...names.map((name) => ({ value: name, label: name }))]}
          onChange={(next) => {
            const document = documentIn(session);
            edit(
              session,
              next === end
                ? removeEdge(document, `${pointer}/Next`)
                : connect(document, pointer, statePointer(machine, next)),
            );
          }}
        />
      )}
    </Field>
  );
}
