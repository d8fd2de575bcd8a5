import { useMutation } from '@tanstack/react-query';
import { FlaskConical } from 'lucide-react';
import { useState } from 'react';
import { client } from '@/components/shell/client';
import { sentenceOf } from '@/components/shell/tell';
import { Button } from '@/components/ui/Button';
import { Field } from '@/components/ui/Field';
import { Input, Textarea } from '@/components/ui/Input';
import { Select } from '@/components/ui/Select';
import { lastOf } from '@/lib/editor/pointer';
import type { Json } from '@/lib/expression/json';
import type { State } from '@/lib/flow/model';
import { useBench } from '../SessionContext';
import { documentIn } from '../session';
import { Fields } from './Pane';
import { TestResult } from './TestResult';

/** What was typed for the tests, for as long as the page is open: states are tried again and again. */
interface Trial {
  readonly input: string;
  readonly variables: string;
  readonly answers: 'result' | 'error';
  readonly result: string;
  readonly error: string;
  readonly cause: string;
}

const blank: Trial = { input: '{}', variables: '{}', answers: 'result', result: '{}', error: '', cause: '' };
const trials = new Map<string, Trial>();

interface TestFieldsProps {
  readonly pointer: string;
  readonly state: State;
}

/** Tries the state as it stands on the canvas, with what the outside answers made up: nothing is called, nothing is kept. */
export function TestFields({ pointer, state }: TestFieldsProps) {
  const { flowId, session } = useBench();
  const key = `${flowId} ${pointer}`;
  const [trial, setTrial] = useState(() => trials.get(key) ?? blank);
  const change = (part: Partial<Trial>) => {
    const next = { ...trial, ...part };
    trials.set(key, next);
    setTrial(next);
  };
  const test = useMutation({
    mutationFn: () =>
      client.testState({ body: requestOf(trial, state, documentIn(session).definition, lastOf(pointer)) }),
  });
  const isAnswered = isWork(state);
  return (
    <Fields>
      <JsonArea label="Input" text={trial.input} onText={(input) => change({ input })} />
      <JsonArea label="Variables" text={trial.variables} onText={(variables) => change({ variables })} />
      {isAnswered && (
        <Select
          label="What the outside answers"
          value={trial.answers}
          options={[
            { value: 'result', label: 'It answers with a result' },
            { value: 'error', label: 'It fails with an error' },
          ]}
          onChange={(answers) => change({ answers })}
        />
      )}
      {isAnswered && trial.answers === 'result' && (
        <JsonArea label="Result" text={trial.result} onText={(result) => change({ result })} />
      )}
      {isAnswered && trial.answers === 'error' && (
        <>
          <Field label="Error">
            {(ids) => (
              <Input
                {...ids}
                value={trial.error}
                placeholder="Http.Status.503"
                onChange={(event) => change({ error: event.target.value })}
              />
            )}
          </Field>
          <Field label="Cause">
            {(ids) => (
              <Input
                {...ids}
                value={trial.cause}
                onChange={(event) => change({ cause: event.target.value })}
              />
            )}
          </Field>
        </>
      )}
      <Button
        variant="primary"
        disabled={test.isPending || !isReadable(trial, isAnswered)}
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

function JsonArea({ label, text, onText }: { label: string; text: string; onText: (text: string) => void }) {
  return (
    <Field label={label} error={isJson(text) ? undefined : 'This is not JSON yet.'}>
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

function isWork(state: State): boolean {
  return state.Type === 'Task' || state.Type === 'Parallel' || state.Type === 'Map';
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function isReadable({ input, variables, answers, result }: Trial, isAnswered: boolean): boolean {
  const isResultRead = !isAnswered || answers === 'error' || isJson(result);
  return isJson(input) && isJson(variables) && isResultRead;
}

type StateTest = Parameters<typeof client.testState>[0]['body'];

function requestOf(trial: Trial, state: State, definition: object, stateName: string): StateTest {
  const { answers, error, cause } = trial;
  const errorOutput = { ...(error === '' ? {} : { error }), ...(cause === '' ? {} : { cause }) };
  const mock =
    answers === 'error'
      ? { errorOutput }
      : { result: JSON.parse(trial.result) as Json, fieldValidationMode: 'NONE' as const };
  return {
    // A definition on the canvas is JSON: it is printed and parsed as such all the time.
    definition: definition as Json,
    stateName,
    input: JSON.parse(trial.input),
    variables: JSON.parse(trial.variables),
    inspectionLevel: 'DEBUG',
    ...(isWork(state) ? { mock } : {}),
  };
}
