import { describe, expect, it } from 'vitest';
import type { Json } from '@/lib/expression/json';
import type { Catcher, Definition, Machine, State } from '@/lib/flow/model';
import { type Answers, TestWorld } from './testing-world';

/** Who takes over when a step has failed, and with what. */

const end = { End: true } as const;
const task = { Type: 'Task', Resource: 'r', ...end } as const;
const pass: State = { Type: 'Pass', ...end };
const failing: Answers = () => ({ error: 'E', cause: 'c' });
const inner = (state: State): Machine => ({ StartAt: 'In', States: { In: state } });

function outcome(definition: Definition, input: Json = {}, answers: Answers = failing): Json {
  const { status, output, failure } = new TestWorld({ definition, input, answers }).settle().execution;
  if (status === 'succeeded') return { output: output ?? null };
  return failure === undefined ? { status } : { ...failure };
}

/** A state with one catcher, which leads to a Pass. */
function caught(state: State, catcher: Partial<Catcher>, input?: Json, answers?: Answers): Json {
  const Catch = [{ ErrorEquals: ['States.ALL'], Next: 'Mend', ...catcher }];
  const States: Definition['States'] = { It: { ...state, Catch } as State, Mend: pass };
  return outcome({ StartAt: 'It', States }, input, answers);
}

describe('[E20] what a name in ErrorEquals matches', () => {
  const late: State = { ...task, TimeoutSeconds: 9 };
  const silent: State = { ...task, TimeoutSeconds: 9, HeartbeatSeconds: 5 };
  const wrong: State = { ...task, QueryLanguage: 'JSONata', Arguments: '{% $states.input.no %}' };
  const never: Answers = () => undefined;
  it.each<[string, State, Answers, readonly string[], readonly string[]]>([
    [
      'an error of the task',
      task,
      failing,
      ['E', 'States.TaskFailed', 'States.ALL'],
      ['e', 'States.Timeout'],
    ],
    [
      'an error with a reserved name',
      task,
      () => ({ error: 'States.Permissions' }),
      ['States.Permissions', 'States.TaskFailed', 'States.ALL'],
      ['States.Timeout'],
    ],
    [
      'a timeout',
      late,
      never,
      ['States.Timeout', 'States.ALL'],
      ['States.TaskFailed', 'States.HeartbeatTimeout'],
    ],
    [
      'a missed heartbeat',
      silent,
      never,
      ['States.HeartbeatTimeout', 'States.Timeout', 'States.ALL'],
      ['States.TaskFailed'],
    ],
    [
      'an expression that failed',
      wrong,
      failing,
      ['States.QueryEvaluationError', 'States.TaskFailed', 'States.ALL'],
      ['States.Runtime'],
    ],
  ])('%s', (_, state, answers, matching, others) => {
    const isCaught = (name: string) => {
      const found = caught(state, { ErrorEquals: [name] }, {}, answers);
      return Object(found).output !== undefined;
    };
    expect([...matching, ...others].filter(isCaught)).toEqual(matching);
  });

  it.each<[string, State]>([
    ['Parallel', { Type: 'Parallel', Branches: [inner(silent)], ...end }],
    ['Map', { Type: 'Map', ItemsPath: '$.l', ItemProcessor: inner(silent), ...end }],
  ])('inside of a %s, around it too', (_, state) => {
    const found = (name: string) => caught(state, { ErrorEquals: [name] }, { l: [1] }, never);
    expect(found('States.HeartbeatTimeout')).toEqual({ output: { Error: 'States.Timeout' } });
    expect(found('States.TaskFailed')).toEqual({ error: 'States.Timeout' });
    const fails = JSON.parse(JSON.stringify(state).replace(JSON.stringify(silent), JSON.stringify(task)));
    expect(caught(fails, { ErrorEquals: ['States.TaskFailed'] }, { l: [1] })).toEqual({
      output: { Error: 'E', Cause: 'c' },
    });
  });

  it('[E19] nothing matches States.Runtime', () => {
    const names = ['States.Runtime', 'States.TaskFailed', 'States.ALL'];
    const found = names.map((name) =>
      caught({ ...task, OutputPath: '$.no' }, { ErrorEquals: [name] }, {}, () => ({ output: {} })),
    );
    expect(found).toEqual(names.map(() => expect.objectContaining({ error: 'States.Runtime' })));
  });
});

describe('[E69] what a catcher passes on', () => {
  it('an error without a cause has none; without name and cause both are null', () => {
    expect(caught(task, {}, {}, () => ({ error: 'E' }))).toEqual({ output: { Error: 'E' } });
    expect(caught(task, {}, {}, () => ({}))).toEqual({ output: { Error: null, Cause: null } });
  });

  it('its ResultPath reaches into the raw input, whatever the state made of it', () => {
    const state: State = { ...task, InputPath: '$.a', Parameters: { x: 1 }, ResultPath: '$.other' };
    expect(caught(state, { ResultPath: '$.b.why' }, { a: 1, b: { c: 2 } })).toEqual({
      output: { a: 1, b: { c: 2, why: { Error: 'E', Cause: 'c' } } },
    });
  });

  it('OutputPath and ResultSelector of the state have no part in it', () => {
    const state: State = { ...task, ResultSelector: { 'x.$': '$.no' }, OutputPath: '$.no' };
    expect(caught(state, {})).toEqual({ output: { Error: 'E', Cause: 'c' } });
  });
});

describe('[E72] what a catcher assigns', () => {
  /** The variables x and y behind whatever leads to `Then`. */
  const Then: State = { Type: 'Pass', Parameters: { 'x.$': '$x', 'y.$': '$y' }, ...end };
  const behind = (state: State): Json =>
    outcome({
      StartAt: 'Set',
      States: { Set: { Type: 'Pass', Assign: { x: 0, y: 0 }, Next: 'It' }, It: state, Then },
    });
  const all = { ErrorEquals: ['States.ALL'], Next: 'Then' };

  it("takes the place of the state's own Assign", () => {
    expect(
      behind({ ...task, Assign: { x: 'state' }, Catch: [{ ...all, Assign: { y: 'catcher' } }] }),
    ).toEqual({
      output: { x: 0, y: 'catcher' },
    });
    expect(behind({ ...task, Assign: { x: 'state' }, Catch: [all] })).toEqual({ output: { x: 0, y: 0 } });
  });

  it('sees the error output, in JSONata the input as well', () => {
    expect(behind({ ...task, Catch: [{ ...all, Assign: { 'x.$': '$.Cause' } }] })).toEqual({
      output: { x: 'c', y: 0 },
    });
    const Assign = { x: '{% $states.errorOutput.Error %}', y: '{% $count($keys($states.input)) + $x %}' };
    expect(behind({ ...task, QueryLanguage: 'JSONata', Catch: [{ ...all, Assign }] })).toEqual({
      output: { x: 'E', y: 0 },
    });
  });

  it.each<[string, State]>([
    ['Parallel', { Type: 'Parallel', Branches: [inner(task)], ...end }],
    ['Map', { Type: 'Map', ItemsPath: '$$.Execution.Input.l', ItemProcessor: inner(task), ...end }],
  ])('of a %s is a variable of the machine around', (_, state) => {
    const Catch = [{ ...all, Assign: { 'x.$': '$.Error' } }];
    const definition: Definition = {
      StartAt: 'Set',
      States: {
        Set: { Type: 'Pass', Assign: { x: 0, y: 0 }, Next: 'It' },
        It: { ...state, Catch } as State,
        Then,
      },
    };
    expect(outcome(definition, { l: [1] })).toEqual({ output: { x: 'E', y: 0 } });
  });
});

describe('[E88] what runs beside a part that has failed', () => {
  const open: Machine = { StartAt: 'Open', States: { Open: task } };
  const late: Machine = { StartAt: 'Late', States: { Late: { Type: 'Wait', Seconds: 60, ...end } } };
  const answers: Answers = ({ parameters, state }) =>
    state === 'In' || parameters === 'bad' ? { error: 'E' } : undefined;

  it.each<[string, State, string[]]>([
    ['Parallel', { Type: 'Parallel', Branches: [open, inner(task), late], ...end }, ['Late', 'Open']],
    ['Map', { Type: 'Map', ItemsPath: '$.l', ItemProcessor: open, ...end }, ['Open']],
  ])('in a %s is given up, although the failure is caught', (_, state, given) => {
    const Catch = [{ ErrorEquals: ['E'], Next: 'Rest' }];
    const States: Definition['States'] = {
      It: { ...state, Catch } as State,
      Rest: { Type: 'Wait', Seconds: 5, ...end },
    };
    const world = new TestWorld({
      definition: { StartAt: 'It', States },
      input: { l: ['good', 'bad'] },
      answers,
    });
    world.answer();
    const aborted = world.events.flatMap((event) =>
      event.type === 'StateAborted' && event.state !== 'In' ? [event.state] : [],
    );
    expect([...new Set(aborted)].sort()).toEqual(given);
    // The call that failed is over, but nobody has cancelled it.
    expect([...world.open.values()].filter(({ type }) => type === 'callTask')).toHaveLength(1);
    expect([...world.execution.timers.due.keys()]).toEqual([`wait:${world.step('Rest')}`]);
    expect(world.settle().now).toBe(1_005_000);
  });
});
