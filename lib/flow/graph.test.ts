import { expect, test } from 'vitest';
import {
  locate,
  machineAt,
  predecessors,
  queryLanguage,
  reachable,
  stateAt,
  stateNamed,
  states,
  transitions,
} from './graph';
import type { Definition, State } from './model';

const fail: State = { Type: 'Fail' };
const definition: Definition = {
  StartAt: 'Check',
  States: {
    Check: {
      Type: 'Choice',
      Choices: [
        { Variable: '$.a', IsPresent: true, Next: 'Both', Comment: 'has a' },
        { Variable: '$.b', IsPresent: true, Next: 'constructor' },
      ],
      Default: 'Each',
    },
    Both: {
      Type: 'Parallel',
      Branches: [
        { StartAt: 'Left', States: { Left: { Type: 'Pass', End: true } } },
        { StartAt: 'Right/1', States: { 'Right/1': { Type: 'Pass', End: true } } },
      ],
      Catch: [{ ErrorEquals: ['A', 'B'], Next: 'Lost' }],
      Next: 'Each',
    },
    Each: {
      Type: 'Map',
      QueryLanguage: 'JSONata',
      ItemProcessor: { StartAt: 'One', States: { One: { Type: 'Pass', End: true } } },
      End: true,
    },
    constructor: fail,
    Lonely: { Type: 'Succeed' },
  },
};

test('[F10] transitions come in the order in which the language tries them', () => {
  const check = stateAt(definition, '/States/Check');
  const both = stateAt(definition, '/States/Both');

  expect(check && transitions(check)).toEqual([
    { kind: 'rule', target: 'Both', pointer: '/Choices/0/Next', index: 0, label: 'has a' },
    { kind: 'rule', target: 'constructor', pointer: '/Choices/1/Next', index: 1 },
    { kind: 'default', target: 'Each', pointer: '/Default' },
  ]);
  expect(both && transitions(both)).toEqual([
    { kind: 'next', target: 'Each', pointer: '/Next' },
    { kind: 'catch', target: 'Lost', pointer: '/Catch/0/Next', index: 0, label: 'A, B' },
  ]);
});

test('[F11] all states are walked in the order of the document, each before what is inside of it', () => {
  expect([...states(definition)].map(({ pointer }) => pointer)).toEqual([
    '/States/Check',
    '/States/Both',
    '/States/Both/Branches/0/States/Left',
    '/States/Both/Branches/1/States/Right~11',
    '/States/Each',
    '/States/Each/ItemProcessor/States/One',
    '/States/constructor',
    '/States/Lonely',
  ]);
});

test('[F11] every pointer finds its state, and pointers inside of it the innermost one', () => {
  for (const { pointer, name } of states(definition)) expect(locate(definition, pointer)?.name).toBe(name);

  expect(locate(definition, '/States/Both/Branches/1/States/Right~11/End')?.name).toBe('Right/1');
  expect(locate(definition, '/States/Both/Branches/7')?.name).toBe('Both');
  expect(locate(definition, '/StartAt')).toBeUndefined();
  expect(machineAt(definition, '/States/Each/ItemProcessor')?.StartAt).toBe('One');
  expect(machineAt(definition, '/States/Both')).toBeUndefined();
});

test('[F12] names of the language JavaScript are names like any other', () => {
  expect(stateNamed(definition, 'constructor')?.Type).toBe('Fail');
  expect(stateNamed(definition, 'toString')).toBeUndefined();
});

test('[F12] reachable and preceding states are found by transitions', () => {
  expect([...reachable(definition)]).toEqual(['Check', 'Both', 'constructor', 'Each']);
  expect(
    predecessors(definition)
      .get('Each')
      ?.map(({ from }) => from),
  ).toEqual(['Check', 'Both']);
  expect(predecessors(definition).get('Lonely')).toEqual([]);
});

test('[F13] the language of a Map holds for its own fields only', () => {
  const languages = new Map([...states(definition)].map((located) => [located.name, queryLanguage(located)]));
  const jsonata = [...states({ ...definition, QueryLanguage: 'JSONata' })].map(queryLanguage);

  expect([languages.get('Each'), languages.get('One')]).toEqual(['JSONata', 'JSONPath']);
  expect(new Set(jsonata)).toEqual(new Set(['JSONata']));
});
