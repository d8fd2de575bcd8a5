import { isObject, type Json } from '@/lib/expression/json';
import type { QueryLanguage, State, StateType } from '@/lib/flow/model';
import { stateFrom } from './tree';

/** What the palette holds: a kind of state, or a Task that calls something. */
export type Kind =
  | { readonly type: Exclude<StateType, 'Task'> }
  | { readonly type: 'Task'; readonly title: string; readonly resource: string; readonly parameters: Json };

/** What a new state of a kind is called, where the name is free. */
export function nameFor(kind: Kind): string {
  return kind.type === 'Task' ? kind.title : kind.type;
}

/** A new state, complete except for what only a person can say. */
export function blankState(kind: Kind, language: QueryLanguage): State {
  if (kind.type === 'Task') {
    const { resource, parameters } = kind;
    const given = language === 'JSONata' ? { Arguments: inJsonata(parameters) } : { Parameters: parameters };
    return stateFrom({ Type: 'Task', Resource: resource, ...given, End: true });
  }
  return plain(kind.type, language);
}

/** Parameters that take parts of the input by `name.$` paths, as JSONata says it. */
function inJsonata(parameters: Json): Json {
  if (!isObject(parameters)) return parameters;
  const entries = Object.entries(parameters).map(([name, value]) =>
    name.endsWith('.$') && typeof value === 'string'
      ? [name.slice(0, -2), `{% $states.input${value.slice(1)} %}`]
      : [name, value],
  );
  return Object.fromEntries(entries);
}

function plain(type: Exclude<StateType, 'Task'>, language: QueryLanguage): State {
  switch (type) {
    case 'Pass':
      return { Type: 'Pass', End: true };
    case 'Choice':
      return { Type: 'Choice', Choices: [] };
    case 'Wait':
      return { Type: 'Wait', Seconds: 10, End: true };
    case 'Succeed':
      return { Type: 'Succeed' };
    case 'Fail':
      return { Type: 'Fail', Error: 'Failed' };
    case 'Parallel':
      return { Type: 'Parallel', Branches: [emptyMachine(), emptyMachine()], End: true };
    case 'Map': {
      const ItemProcessor = { ProcessorConfig: { Mode: 'INLINE' as const }, ...emptyMachine() };
      if (language === 'JSONata')
        return { Type: 'Map', Items: '{% $states.input.items %}', ItemProcessor, End: true };
      return { Type: 'Map', ItemsPath: '$.items', ItemProcessor, End: true };
    }
  }
}

/** A machine that has yet to be drawn. */
export function emptyMachine() {
  return { StartAt: '', States: {} };
}
