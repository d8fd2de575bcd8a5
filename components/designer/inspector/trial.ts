import type { client } from '@/components/shell/client';
import { isObject, type Json } from '@/lib/expression/json';
import type { QueryLanguage, State } from '@/lib/flow/model';

/** What was typed for the test of a state. */
export interface Trial {
  readonly input: string;
  readonly variables: string;
  /** Empty: the context object that an execution would have. */
  readonly context: string;
  readonly answers: 'result' | 'error';
  readonly result: string;
  readonly error: string;
  readonly cause: string;
  /** How often each rule of Retry was used before. */
  readonly retries: number | null;
  /** A distributed Map: how many of its items have failed. */
  readonly failures: number | null;
  /** A Map with an ItemReader: what that has read. */
  readonly read: string;
  readonly level: Level;
}

export type Level = 'INFO' | 'DEBUG' | 'TRACE';

export const blankTrial: Trial = {
  input: '{}',
  variables: '{}',
  context: '',
  answers: 'result',
  result: '{}',
  error: '',
  cause: '',
  retries: null,
  failures: null,
  read: '',
  level: 'DEBUG',
};

/** Whether the outside has to answer for the state. */
export function isWork(state: State): boolean {
  return state.Type === 'Task' || state.Type === 'Parallel' || state.Type === 'Map';
}

export function isDistributed(state: State): boolean {
  if (state.Type !== 'Map') return false;
  return (state.ItemProcessor ?? state.Iterator)?.ProcessorConfig?.Mode === 'DISTRIBUTED';
}

export function hasReader(state: State): boolean {
  return state.Type === 'Map' && state.ItemReader !== undefined;
}

/** A Map or Parallel answers with a list, a Task with an object. */
export function blankFor(state: State): Trial {
  const isList = state.Type === 'Map' || state.Type === 'Parallel';
  return isList ? { ...blankTrial, result: '[]' } : blankTrial;
}

export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Whether a text is a JSON object: variables and the context object have names. */
export function isJsonObject(text: string): boolean {
  return isJson(text) && isObject(JSON.parse(text));
}

/** Whether all that has to be JSON is. */
export function isReadable({ input, variables, context, answers, result }: Trial, state: State): boolean {
  const objects = [variables, ...(context.trim() === '' ? [] : [context])];
  const texts = isWork(state) && answers === 'result' ? [input, result] : [input];
  return texts.every(isJson) && objects.every(isJsonObject);
}

type StateTest = Parameters<typeof client.testState>[0]['body'];

interface Place {
  readonly stateName: string;
  readonly language: QueryLanguage;
}

/** The test as the API takes it, of the state by itself: the rest of the flow may be half drawn. All of it must be readable. */
export function requestOf(trial: Trial, state: State, { stateName, language }: Place): StateTest {
  const stateConfiguration = configurationOf(trial, state);
  const definition = { QueryLanguage: language, StartAt: stateName, States: { [stateName]: state } };
  return {
    // A state on the canvas is JSON: it is printed and parsed as such all the time.
    definition: definition as unknown as Json,
    input: JSON.parse(trial.input),
    variables: JSON.parse(trial.variables),
    inspectionLevel: trial.level,
    ...(trial.context.trim() === '' ? {} : { context: JSON.parse(trial.context) }),
    ...(isWork(state) ? { mock: mockOf(trial) } : {}),
    ...(stateConfiguration === undefined ? {} : { stateConfiguration }),
  };
}

function mockOf({ answers, result, error, cause }: Trial): NonNullable<StateTest['mock']> {
  if (answers === 'result') return { result: JSON.parse(result), fieldValidationMode: 'NONE' };
  return { errorOutput: { ...(error === '' ? {} : { error }), ...(cause === '' ? {} : { cause }) } };
}

function configurationOf(
  { retries, failures, read }: Trial,
  state: State,
): StateTest['stateConfiguration'] | undefined {
  const configuration = {
    ...(retries === null || !isWork(state) ? {} : { retrierRetryCount: retries }),
    ...(failures === null || !isDistributed(state) ? {} : { mapIterationFailureCount: failures }),
    ...(read === '' || !hasReader(state) ? {} : { mapItemReaderData: read }),
  };
  return Object.keys(configuration).length === 0 ? undefined : configuration;
}

/** Which rule of Retry or Catch took the error, and when the state is tried again. */
export function takenBy(details: unknown): string | undefined {
  if (typeof details !== 'object' || details === null) return undefined;
  if ('catchIndex' in details) return `rule ${Number(details.catchIndex) + 1} of Catch`;
  if (!('retryIndex' in details && 'retryBackoffIntervalSeconds' in details)) return undefined;
  const seconds = Number(details.retryBackoffIntervalSeconds);
  return `rule ${Number(details.retryIndex) + 1} of Retry, in ${seconds} second${seconds === 1 ? '' : 's'}`;
}
