import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { nested, states } from '@/lib/flow/graph';
import type { Definition, Machine } from '@/lib/flow/model';
import { addBranch, removeBranch } from './branch';
import { connect, reconnect, setStart } from './connect';
import { type Document, documentOf, type Edited, emptyDefinition } from './document';
import { add } from './edit';
import { copied, duplicate } from './fragment';
import { graphOf } from './graph';
import { edited, gestureEnded, type History, historyOf, redone, undone } from './history';
import { move, setPositions, tidy } from './move';
import { namesIn } from './names';
import { paste } from './paste';
import { removeEdge, removeStates } from './remove';
import { rename } from './rename';
import { flows } from './transitions';
import { treeOf } from './tree';

const named = (name: string) => documentOf({ StartAt: name, States: { [name]: { Type: 'Succeed' } } });
const first = named('first');
const second = named('second');
const third = named('third');
const nothing = { selection: [] };

describe('history', () => {
  it('[H2] undo gives the very document before, with what was selected then; redo the one after', () => {
    const history = edited(historyOf(first), second, { selection: ['/States/first'] });
    const back = undone(history, ['/States/second']);
    expect(back?.history.present).toBe(first);
    expect(back?.selection).toEqual(['/States/first']);
    const forth = back && redone(back.history, back.selection);
    expect(forth?.history.present).toBe(second);
    expect(forth?.selection).toEqual(['/States/second']);
  });

  it('[H2] a new edit after an undo leaves nothing to redo', () => {
    const back = undone(edited(historyOf(first), second, nothing), []);
    const history = edited(back?.history ?? historyOf(first), third, nothing);
    expect(redone(history, [])).toBeUndefined();
  });

  it('[H3] letters typed into one field without a pause are one edit', () => {
    const typing = (history: History, document: Document, key: string, at: number) =>
      edited(history, document, { selection: [], gesture: { key, at } });
    const once = typing(typing(historyOf(first), second, '/Comment', 0), third, '/Comment', 900);
    expect(undone(once, [])?.history.present).toBe(first);
    const paused = typing(typing(historyOf(first), second, '/Comment', 0), third, '/Comment', 5000);
    expect(undone(paused, [])?.history.present).toBe(second);
    const elsewhere = typing(typing(historyOf(first), second, '/Comment', 0), third, '/StartAt', 10);
    expect(undone(elsewhere, [])?.history.present).toBe(second);
    const left = typing(gestureEnded(typing(historyOf(first), second, '/Comment', 0)), third, '/Comment', 10);
    expect(undone(left, [])?.history.present).toBe(second);
  });

  it('[H1] an edit that changes nothing is none', () => {
    const history = historyOf(first);
    expect(edited(history, first, nothing)).toBe(history);
  });
});

/** A step of a random session: what is done, and numbers that choose to what. */
const step = fc.record({
  what: fc.constantFrom(
    'add',
    'addOnEdge',
    'addInside',
    'connect',
    'connectAside',
    'reconnect',
    'start',
    'remove',
    'removeEdge',
    'rename',
    'duplicate',
    'move',
    'moveOnEdge',
    'paste',
    'addBranch',
    'removeBranch',
    'put',
    'tidy',
  ),
  one: fc.nat(1000),
  other: fc.nat(1000),
});

const kinds = ['Pass', 'Choice', 'Parallel', 'Map', 'Wait', 'Succeed', 'Fail'] as const;

function pick<Item>(items: readonly Item[], number: number): Item | undefined {
  return items[number % Math.max(1, items.length)];
}

function perform(
  document: Document,
  { what, one, other }: { what: string; one: number; other: number },
): Edited {
  const graph = graphOf(document.definition);
  const state = pick([...graph.states.keys()], one) ?? '';
  const target = pick([...graph.states.keys()], other) ?? '';
  const edge = pick([...graph.edges.keys()], one) ?? '/StartAt';
  const machine = pick([...graph.machines.keys()], other) ?? '';
  const kind = { type: pick(kinds, one + other) ?? 'Pass' };
  switch (what) {
    case 'add':
      return add(document, { at: 'after', state }, kind);
    case 'addOnEdge':
      return add(document, { at: 'edge', edge }, kind);
    case 'addInside':
      return add(document, { at: 'machine', machine, position: { x: one, y: other } }, kind);
    case 'connect':
      return connect(document, state, target);
    case 'connectAside':
      return connect(document, state, target, 'side');
    case 'reconnect':
      return reconnect(document, edge, target);
    case 'start':
      return setStart(document, state);
    case 'remove':
      return removeStates(document, [state, target]);
    case 'removeEdge':
      return removeEdge(document, edge);
    case 'rename':
      return rename(document, state, `name ${other}`);
    case 'duplicate':
      return duplicate(document, [state, target]);
    case 'move':
      return move(document, [state, target], { at: 'machine', machine });
    case 'moveOnEdge':
      return move(document, [state], { at: 'edge', edge: pick([...graph.edges.keys()], other) ?? edge });
    case 'paste':
      return paste(document, machine, copied(document.definition, [state]) ?? '');
    case 'addBranch':
      return addBranch(document, state);
    case 'removeBranch':
      return removeBranch(document, machine);
    case 'put':
      return setPositions(document, { [state]: { x: one, y: other } });
    default:
      return tidy(document);
  }
}

function machinesOf(machine: Machine): readonly Machine[] {
  return [
    machine,
    ...Object.values(machine.States).flatMap((state) =>
      nested(state).flatMap((inside) => machinesOf(inside.machine)),
    ),
  ];
}

/** Every transition with its target that is not a state of the machine, and every machine that starts nowhere. */
function brokenWays(definition: Definition): readonly string[] {
  return machinesOf(definition).flatMap((machine) => {
    const names = Object.keys(machine.States);
    const drawn = graphOf({ StartAt: machine.StartAt, States: machine.States }).machines.get('');
    const written =
      JSON.stringify(Object.values(machine.States).map((state) => ownWays(treeOf(state)))).match(
        /"→[^"]*"/g,
      ) ?? [];
    const drawnWays = drawn?.edges.filter(({ kind }) => kind !== 'start').length ?? 0;
    const start = names.length === 0 ? machine.StartAt === '' : names.includes(machine.StartAt);
    return [
      ...(start ? [] : [`starts at "${machine.StartAt}"`]),
      ...(written.length === drawnWays ? [] : [`${written.length} ways, ${drawnWays} drawn`]),
    ];
  });
}

function ownWays(state: ReturnType<typeof treeOf>): readonly string[] {
  const rows = [state.Choices, state.Catch].flatMap((list) => (Array.isArray(list) ? list : []));
  return [state.Next, state.Default, ...rows.map((row) => row.Next)]
    .filter((way) => way !== undefined)
    .map((way) => `→${way}`);
}

/** H4, H5, H6 and H12 of one document. */
function expectWellFormed({ definition, layout }: Document, select: readonly string[]) {
  expect(brokenWays(definition)).toEqual([]);
  const all = [...states(definition)];
  expect(namesIn(definition).size).toBe(all.length);
  for (const { state } of all) {
    const fields = treeOf(state);
    if (flows(state)) expect(fields.Next !== undefined).not.toBe(fields.End === true);
    else expect(fields.End).toBeUndefined();
  }
  const pointers = new Set(all.map(({ pointer }) => pointer));
  expect([...Object.keys(layout), ...select].filter((place) => !pointers.has(place))).toEqual([]);
}

/** The history after all steps that are not refused. */
function session(
  beginning: Document,
  steps: readonly { what: string; one: number; other: number }[],
): History {
  let history = historyOf(beginning);
  for (const one of steps) {
    const made = perform(history.present, one);
    if (made.ok) {
      history = edited(history, made.document, nothing);
      expectWellFormed(made.document, made.select ?? []);
    } else expect(made.reason).toMatch(/^[A-Z"].*\.$/);
  }
  return history;
}

function furthest(history: History, way: typeof undone): History {
  const next = way(history, []);
  return next === undefined ? history : furthest(next.history, way);
}

const seeded: Definition = {
  StartAt: 'Both',
  States: {
    Both: {
      Type: 'Parallel',
      Branches: [
        { StartAt: 'X', States: { X: { Type: 'Pass', Next: 'Y' }, Y: { Type: 'Pass', End: true } } },
        {
          StartAt: 'Each',
          States: {
            Each: {
              Type: 'Map',
              ItemProcessor: { StartAt: 'Z', States: { Z: { Type: 'Choice', Choices: [], Default: 'Z' } } },
              End: true,
            },
          },
        },
      ],
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Bad' }],
      Next: 'Good',
    },
    Good: { Type: 'Succeed' },
    Bad: { Type: 'Fail' },
  },
};

describe('any sequence of edits', () => {
  test.prop([fc.constantFrom(emptyDefinition(), seeded), fc.array(step, { minLength: 1, maxLength: 40 })], {
    numRuns: 300,
  })(
    '[H4] [H5] [H6] [H12] leaves a well-formed definition, and [H2] can be undone to the beginning',
    (definition, steps) => {
      const beginning = documentOf(definition);
      const history = session(beginning, steps);
      const back = furthest(history, undone);
      expect(back.present).toBe(beginning);
      expect(furthest(back, redone).present).toBe(history.present);
    },
  );
});
