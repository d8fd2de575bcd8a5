import { compileChoiceRule, compileCondition } from '@/lib/expression/choice';
import type { Json, JsonObject } from '@/lib/expression/json';
import { compileExpression, isExpression } from '@/lib/expression/jsonata';
import { compileReferencePath, type ReferencePath } from '@/lib/expression/reference-path';
import { compileDynamicField } from '@/lib/expression/template';
import type {
  Catcher,
  ChoiceState,
  FailState,
  PassState,
  QueryLanguage,
  Retrier,
  State,
  TaskState,
} from '@/lib/flow/model';
import { type CompiledMap, compileMap } from './compile-map';
import { type CompiledWait, compileWait } from './compile-wait';
import {
  compileAssign,
  compileDataPath,
  compileNumber,
  compileTemplate,
  type Field,
  seconds,
} from './fields';

/** What every state has; fields that its type or language does not know are undefined. */
interface CompiledCommon {
  readonly name: string;
  readonly jsonata: boolean;
  /** Undefined where the machine ends here. */
  readonly next: string | undefined;
  readonly inputPath: Field | undefined;
  readonly outputPath: Field | undefined;
  /** JSONPath: undefined replaces everything, null discards the result. */
  readonly resultPath: ReferencePath | null | undefined;
  readonly resultSelector: Field | undefined;
  readonly assign: Field<JsonObject> | undefined;
  /** JSONata's Output. */
  readonly output: Field | undefined;
  readonly retry: readonly Retrier[];
  readonly catchers: readonly CompiledCatcher[];
}

export interface CompiledCatcher {
  readonly errors: readonly string[];
  readonly next: string;
  readonly resultPath: ReferencePath | null | undefined;
  readonly output: Field | undefined;
  readonly assign: Field<JsonObject> | undefined;
}

interface CompiledTask {
  readonly type: 'Task';
  readonly resource: string;
  /** Parameters or Arguments; undefined: the effective input. */
  readonly parameters: Field | undefined;
  readonly timeout: Field<number> | undefined;
  readonly heartbeat: Field<number> | undefined;
  readonly credentials: Field | undefined;
  readonly callback: boolean;
}

interface CompiledPass {
  readonly type: 'Pass';
  readonly parameters: Field | undefined;
  readonly result: Json | undefined;
}

interface CompiledRule {
  readonly matches: (scope: Parameters<Field>[0]) => boolean;
  readonly next: string;
  readonly assign: Field<JsonObject> | undefined;
  readonly output: Field | undefined;
}

interface CompiledChoice {
  readonly type: 'Choice';
  readonly rules: readonly CompiledRule[];
  readonly otherwise: string | undefined;
}

interface CompiledParallel {
  readonly type: 'Parallel';
  readonly branches: number;
  readonly parameters: Field | undefined;
}

interface CompiledFail {
  readonly type: 'Fail';
  readonly error: Field | undefined;
  readonly cause: Field | undefined;
}

export type CompiledState = CompiledCommon &
  (
    | CompiledTask
    | CompiledPass
    | CompiledChoice
    | CompiledWait
    | CompiledParallel
    | CompiledMap
    | { readonly type: 'Succeed' }
    | CompiledFail
  );

/** Compiles one state. Throws ExpressionSyntaxError. */
export function compileState(name: string, state: State, language: QueryLanguage): CompiledState {
  const common = compileCommon(name, state, language);
  switch (state.Type) {
    case 'Task':
      return { ...common, ...compileTask(state, language) };
    case 'Pass':
      return { ...common, ...compilePass(state, language) };
    case 'Choice':
      return { ...common, ...compileChoice(state, language) };
    case 'Wait':
      return { ...common, ...compileWait(state) };
    case 'Parallel': {
      const parameters = compileTemplate(...payload(state, language));
      return { ...common, type: 'Parallel', branches: state.Branches.length, parameters };
    }
    case 'Map':
      return { ...common, ...compileMap(state, language) };
    case 'Succeed':
      return { ...common, type: 'Succeed' };
    case 'Fail':
      return { ...common, ...compileFail(state, language) };
  }
}

/** The fields of all types, read where they are present: `check` has said where they may stand. */
type AnyFields = Partial<Omit<TaskState, 'Type' | 'Resource'>>;

function compileCommon(name: string, state: State, language: QueryLanguage): CompiledCommon {
  // Only optional fields are read, each of which has the same shape in every type of state.
  const fields = state as AnyFields;
  const jsonata = language === 'JSONata';
  return {
    name,
    jsonata,
    next: fields.Next,
    inputPath: jsonata ? undefined : compileDataPath(fields.InputPath),
    outputPath: jsonata ? undefined : compileDataPath(fields.OutputPath),
    resultPath: compileResultPath(fields.ResultPath),
    resultSelector: compileTemplate(fields.ResultSelector, 'JSONPath', 'ResultSelector'),
    assign: compileAssign(fields.Assign, language, 'Assign'),
    output: jsonata ? compileTemplate(fields.Output, language, 'Output') : undefined,
    retry: fields.Retry ?? [],
    catchers: (fields.Catch ?? []).map((catcher, i) => compileCatcher(catcher, language, i)),
  };
}

function compileCatcher(catcher: Catcher, language: QueryLanguage, index: number): CompiledCatcher {
  const location = `Catch[${index}]`;
  return {
    errors: catcher.ErrorEquals,
    next: catcher.Next,
    resultPath: compileResultPath(catcher.ResultPath),
    output:
      language === 'JSONata' ? compileTemplate(catcher.Output, language, `${location}/Output`) : undefined,
    assign: compileAssign(catcher.Assign, language, `${location}/Assign`),
  };
}

function compileResultPath(path: string | null | undefined): ReferencePath | null | undefined {
  if (path === null) return null;
  return path === undefined || path === '$' ? undefined : compileReferencePath(path);
}

/** A template and its place: Parameters of a JSONPath state, Arguments of a JSONata one. */
function payload(
  state: { readonly Parameters?: Json; readonly Arguments?: Json },
  language: QueryLanguage,
): [Json | undefined, QueryLanguage, string] {
  return language === 'JSONata'
    ? [state.Arguments, language, 'Arguments']
    : [state.Parameters, language, 'Parameters'];
}

function compileTask(state: TaskState, language: QueryLanguage): CompiledTask {
  const { TimeoutSeconds, TimeoutSecondsPath, HeartbeatSeconds, HeartbeatSecondsPath } = state;
  return {
    type: 'Task',
    resource: state.Resource,
    parameters: compileTemplate(...payload(state, language)),
    timeout: compileNumber({
      name: 'TimeoutSeconds',
      plain: TimeoutSeconds,
      path: TimeoutSecondsPath,
      rule: seconds(TimeoutSecondsPath === undefined ? 'TimeoutSeconds' : 'TimeoutSecondsPath'),
    }),
    heartbeat: compileNumber({
      name: 'HeartbeatSeconds',
      plain: HeartbeatSeconds,
      path: HeartbeatSecondsPath,
      rule: seconds(HeartbeatSecondsPath === undefined ? 'HeartbeatSeconds' : 'HeartbeatSecondsPath'),
    }),
    credentials: compileTemplate(state.Credentials, language, 'Credentials'),
    callback: state.Resource.endsWith('.waitForTaskToken') || state.Resource === 'millrace:callback',
  };
}

function compilePass(state: PassState, language: QueryLanguage): CompiledPass {
  const jsonpath = language === 'JSONPath';
  return {
    type: 'Pass',
    parameters: jsonpath ? compileTemplate(state.Parameters, language, 'Parameters') : undefined,
    result: jsonpath ? state.Result : undefined,
  };
}

function compileChoice(state: ChoiceState, language: QueryLanguage): CompiledChoice {
  const rules = state.Choices.map((rule, i) => {
    const location = `Choices[${i}]`;
    // The fields of a rule that `check` has passed have these shapes.
    const { Next, Assign, Output, Condition } = rule as typeof rule & { Assign?: JsonObject };
    const jsonata = language === 'JSONata';
    return {
      matches: jsonata
        ? compileCondition(Condition ?? null, `${location}/Condition`)
        : compileChoiceRule(rule),
      next: Next,
      assign: compileAssign(Assign, language, `${location}/Assign`),
      output: jsonata ? compileTemplate(Output, language, `${location}/Output`) : undefined,
    };
  });
  return { type: 'Choice', rules, otherwise: state.Default };
}

function compileFail(state: FailState, language: QueryLanguage): CompiledFail {
  return {
    type: 'Fail',
    error: compileFailText([state.Error, state.ErrorPath], 'Error', language),
    cause: compileFailText([state.Cause, state.CausePath], 'Cause', language),
  };
}

function compileFailText(
  [plain, path]: readonly [string | undefined, string | undefined],
  name: string,
  language: QueryLanguage,
): Field | undefined {
  if (path !== undefined) return compileDynamicField(path, `${name}Path`);
  if (plain === undefined) return undefined;
  if (language === 'JSONPath' || !isExpression(plain)) return () => plain;
  const expression = compileExpression(plain);
  return (scope) => expression.evaluateAs(scope, name, 'string');
}
