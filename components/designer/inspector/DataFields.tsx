import { catches, flows } from '@/lib/editor/transitions';
import type { State } from '@/lib/flow/model';
import { ChoiceField, TextField } from './fields';
import { JsonField } from './JsonField';
import { Fields } from './Pane';
import { useLanguage } from './use-language';

interface DataFieldsProps {
  readonly pointer: string;
  readonly state: State;
}

/** What a state takes, hands on and remembers, in its query language. */
export function DataFields({ pointer, state }: DataFieldsProps) {
  const language = useLanguage(pointer);
  return (
    <Fields>
      {language === 'JSONata' ? (
        <Jsonata pointer={pointer} state={state} />
      ) : (
        <Paths pointer={pointer} state={state} />
      )}
      <ChoiceField
        pointer={`${pointer}/QueryLanguage`}
        label="Query language of this state"
        fallback="flow"
        options={[
          { value: 'flow', label: 'As the flow' },
          { value: 'JSONata', label: 'JSONata' },
          { value: 'JSONPath', label: 'JSONPath' },
        ]}
      />
    </Fields>
  );
}

const assign = 'Variables for the states that follow: {"total": "{% $states.input.price %}"}';

function Jsonata({ pointer, state }: DataFieldsProps) {
  if (state.Type === 'Fail') return <p className="text-muted text-sm">A Fail state hands nothing on.</p>;
  const fallback = catches(state) ? '$states.result' : '$states.input';
  return (
    <>
      {state.Type === 'Parallel' && (
        <JsonField
          pointer={`${pointer}/Arguments`}
          label="Input of the branches"
          hint="$states.input where it is empty."
        />
      )}
      <JsonField
        pointer={`${pointer}/Output`}
        label="Output"
        hint={`JSON with expressions {% … %}; ${fallback} where it is empty.`}
      />
      {state.Type !== 'Succeed' && <JsonField pointer={`${pointer}/Assign`} label="Assign" hint={assign} />}
    </>
  );
}

function Paths({ pointer, state }: DataFieldsProps) {
  if (state.Type === 'Fail') return <p className="text-muted text-sm">A Fail state hands nothing on.</p>;
  const hasResult = catches(state) || state.Type === 'Pass';
  return (
    <>
      <TextField
        pointer={`${pointer}/InputPath`}
        label="Input path"
        isMono
        placeholder="$"
        hint="The part of the input that the state sees."
      />
      {state.Type === 'Parallel' && <JsonField pointer={`${pointer}/Parameters`} label="Parameters" />}
      {catches(state) && (
        <JsonField
          pointer={`${pointer}/ResultSelector`}
          label="Result selector"
          hint="Picks from the result: names ending in .$ are paths."
        />
      )}
      {hasResult && (
        <TextField
          pointer={`${pointer}/ResultPath`}
          label="Result path"
          isMono
          placeholder="$"
          hint="Where the result goes into the input."
        />
      )}
      <TextField
        pointer={`${pointer}/OutputPath`}
        label="Output path"
        isMono
        placeholder="$"
        hint="The part that is handed on."
      />
      {(flows(state) || state.Type === 'Choice') && (
        <JsonField
          pointer={`${pointer}/Assign`}
          label="Assign"
          hint="Variables; names ending in .$ are paths."
        />
      )}
    </>
  );
}
