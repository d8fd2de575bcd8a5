import { useMutation } from '@tanstack/react-query';
import { FlaskConical } from 'lucide-react';
import { useState } from 'react';
import { client } from '@/components/shell/client';
import { sentenceOf } from '@/components/shell/tell';
import { Button } from '@/components/ui/Button';
import { Field } from '@/components/ui/Field';
import { Input, Textarea } from '@/components/ui/Input';
import { NumberInput } from '@/components/ui/NumberInput';
import { Select } from '@/components/ui/Select';
import { lastOf } from '@/lib/editor/pointer';
import type { State } from '@/lib/flow/model';
import { useBench } from '../SessionContext';
import { Fields, Group } from './Pane';
import { TestResult } from './TestResult';
import {
  blankFor,
  hasReader,
  isDistributed,
  isJson,
  isJsonObject,
  isReadable,
  isWork,
  type Level,
  requestOf,
  type Trial,
} from './trial';
import { useLanguage } from './use-language';

/** For as long as the page is open: states are tried again and again. */
const trials = new Map<string, Trial>();

interface TestFieldsProps {
  readonly pointer: string;
  readonly state: State;
}

/** Tries the state as it stands on the canvas, with what the outside answers made up: nothing is called, nothing is kept. */
export function TestFields({ pointer, state }: TestFieldsProps) {
  const { flowId } = useBench();
  const language = useLanguage(pointer);
  const key = `${flowId} ${pointer}`;
  const [trial, setTrial] = useState(() => trials.get(key) ?? blankFor(state));
  const change = (part: Partial<Trial>) => {
    const next = { ...trial, ...part };
    trials.set(key, next);
    setTrial(next);
  };
  const test = useMutation({
    mutationFn: () =>
      client.testState({ body: requestOf(trial, state, { stateName: lastOf(pointer), language }) }),
  });
  return (
    <Fields>
      <JsonArea label="Input" text={trial.input} onText={(input) => change({ input })} />
      <JsonArea
        label="Variables"
        text={trial.variables}
        isObject
        onText={(variables) => change({ variables })}
      />
      {isWork(state) && <AnswerFields trial={trial} onChange={change} />}
      <SurroundingFields trial={trial} state={state} onChange={change} />
      <LabelledSelect
        label="Show"
        value={trial.level}
        options={levels}
        onChange={(level) => change({ level })}
      />
      <Button
        variant="primary"
        disabled={test.isPending || !isReadable(trial, state)}
        onClick={() => test.mutate()}
      >
        <FlaskConical aria-hidden />
        Test this state
      </Button>
      {test.isError && (
        <p role="alert" className="break-words text-sm text-status-failed">
          {sentenceOf(test.error)}
        </p>
      )}
      {test.data !== undefined && <TestResult result={test.data} />}
    </Fields>
  );
}

interface TrialFieldsProps {
  readonly trial: Trial;
  readonly onChange: (part: Partial<Trial>) => void;
}

/** What a Task, a Parallel or a Map is to answer. */
function AnswerFields({ trial, onChange }: TrialFieldsProps) {
  return (
    <>
      <LabelledSelect
        label="What the outside does"
        value={trial.answers}
        options={[
          { value: 'result', label: 'It answers with a result' },
          { value: 'error', label: 'It fails with an error' },
        ]}
        onChange={(answers) => onChange({ answers })}
      />
      {trial.answers === 'result' ? (
        <JsonArea label="Result" text={trial.result} onText={(result) => onChange({ result })} />
      ) : (
        <>
          <Field label="Error">
            {(ids) => (
              <Input
                {...ids}
                value={trial.error}
                placeholder="Http.Status.503"
                onChange={(event) => onChange({ error: event.target.value })}
              />
            )}
          </Field>
          <Field label="Cause">
            {(ids) => (
              <Input
                {...ids}
                value={trial.cause}
                onChange={(event) => onChange({ cause: event.target.value })}
              />
            )}
          </Field>
        </>
      )}
    </>
  );
}

const levels: readonly { readonly value: Level; readonly label: string }[] = [
  { value: 'INFO', label: 'What comes of it' },
  { value: 'DEBUG', label: 'Each stage on the way' },
  { value: 'TRACE', label: 'Each stage and the HTTP request' },
];

/** What an execution would have around the state when it comes there. */
function SurroundingFields({ trial, state, onChange }: TrialFieldsProps & { readonly state: State }) {
  return (
    <Group title="Around the state">
      {isWork(state) && (
        <CountField
          label="Retries so far"
          value={trial.retries}
          onValue={(retries) => onChange({ retries })}
        />
      )}
      {isDistributed(state) && (
        <CountField
          label="Items that failed"
          value={trial.failures}
          onValue={(failures) => onChange({ failures })}
        />
      )}
      {hasReader(state) && (
        <Field label="What the reader has read" hint="The text of the file, as ReaderConfig says">
          {(ids) => (
            <Textarea
              {...ids}
              value={trial.read}
              rows={3}
              spellCheck={false}
              className="font-mono text-xs leading-5"
              onChange={(event) => onChange({ read: event.target.value })}
            />
          )}
        </Field>
      )}
      <JsonArea
        label="Context object"
        text={trial.context}
        isObject
        isOptional
        hint="Left empty, it is what an execution would have"
        onText={(context) => onChange({ context })}
      />
    </Group>
  );
}

interface LabelledSelectProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly onChange: (value: Value) => void;
}

function LabelledSelect<Value extends string>({ label, ...select }: LabelledSelectProps<Value>) {
  return <Field label={label}>{(ids) => <Select {...ids} {...select} />}</Field>;
}

interface CountFieldProps {
  readonly label: string;
  readonly value: number | null;
  readonly onValue: (value: number | null) => void;
}

function CountField({ label, value, onValue }: CountFieldProps) {
  return (
    <Field label={label}>
      {(ids) => (
        <NumberInput {...ids} value={value} min={0} max={99_999_999} placeholder="0" onChange={onValue} />
      )}
    </Field>
  );
}

interface JsonAreaProps {
  readonly label: string;
  readonly text: string;
  /** Its values have names. */
  readonly isObject?: boolean;
  readonly isOptional?: boolean;
  readonly hint?: string;
  readonly onText: (text: string) => void;
}

function JsonArea({ label, text, isObject = false, isOptional = false, hint, onText }: JsonAreaProps) {
  const isLeftOut = isOptional && text.trim() === '';
  return (
    <Field label={label} hint={hint} error={isLeftOut ? undefined : mistakeIn(text, isObject)}>
      {(ids) => (
        <Textarea
          {...ids}
          value={text}
          rows={3}
          spellCheck={false}
          className="font-mono text-xs leading-5"
          onChange={(event) => onText(event.target.value)}
        />
      )}
    </Field>
  );
}

function mistakeIn(text: string, isObject: boolean): string | undefined {
  if (!isJson(text)) return 'This is not JSON yet.';
  return isObject && !isJsonObject(text) ? 'Write an object: {"name": "value"}' : undefined;
}
