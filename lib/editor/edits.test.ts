import { describe, expect, it } from 'vitest';
import type { Definition } from '@/lib/flow/model';
import { addBranch, removeBranch } from './branch';
import { connect, reconnect, setStart } from './connect';
import { type Document, documentOf, type Edited, emptyDefinition } from './document';
import { add, setField } from './edit';
import { copied, duplicate } from './fragment';
import { move } from './move';
import { paste } from './paste';
import { removeEdge, removeStates } from './remove';
import { rename } from './rename';

const pass = { type: 'Pass' } as const;
const chain: Definition = {
  StartAt: 'A',
  States: {
    A: { Type: 'Pass', Next: 'B' },
    B: {
      Type: 'Task',
      Resource: 'millrace:http',
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'D' }],
      Next: 'C',
    },
    C: { Type: 'Choice', Choices: [{ Variable: '$.again', IsPresent: true, Next: 'B' }], Default: 'D' },
    D: { Type: 'Succeed' },
  },
};
const parallel: Definition = {
  StartAt: 'P',
  States: {
    P: {
      Type: 'Parallel',
      Branches: [
        { StartAt: 'X', States: { X: { Type: 'Pass', End: true } } },
        { StartAt: 'Y', States: { Y: { Type: 'Pass', Next: 'Z' }, Z: { Type: 'Pass', End: true } } },
      ],
      Next: 'Q',
    },
    Q: { Type: 'Succeed' },
  },
};

function done(edited: Edited): Document {
  if (!edited.ok) throw new Error(edited.reason);
  return edited.document;
}

function reasonOf(edited: Edited): string {
  return edited.ok ? 'it was done' : edited.reason;
}

describe('add', () => {
  it('[H4] the first state of an empty flow is its start', () => {
    const drawn = done(add(documentOf(emptyDefinition()), { at: 'machine', machine: '' }, pass));
    expect(drawn.definition).toEqual({
      QueryLanguage: 'JSONata',
      StartAt: 'Pass',
      States: { Pass: { Type: 'Pass', End: true } },
    });
  });

  it('[H6] a state added after another takes its way on over', () => {
    const drawn = done(add(documentOf(chain), { at: 'after', state: '/States/A' }, pass));
    expect(drawn.definition.States).toEqual({
      ...chain.States,
      A: { Type: 'Pass', Next: 'Pass' },
      Pass: { Type: 'Pass', Next: 'B' },
    });
  });

  it('[H4] a state put on an arrow stands between its ends, whichever arrow it is', () => {
    const onCatch = done(add(documentOf(chain), { at: 'edge', edge: '/States/B/Catch/0/Next' }, pass));
    expect(onCatch.definition.States.B).toMatchObject({ Catch: [{ Next: 'Pass' }], Next: 'C' });
    expect(onCatch.definition.States.Pass).toEqual({ Type: 'Pass', Next: 'D' });
    const onStart = done(add(documentOf(chain), { at: 'edge', edge: '/StartAt' }, pass));
    expect(onStart.definition.StartAt).toBe('Pass');
    expect(onStart.definition.States.Pass).toEqual({ Type: 'Pass', Next: 'A' });
  });

  it('[H4] a Choice put on an arrow goes on otherwise', () => {
    const drawn = done(add(documentOf(chain), { at: 'edge', edge: '/States/A/Next' }, { type: 'Choice' }));
    expect(drawn.definition.States.Choice).toEqual({ Type: 'Choice', Choices: [], Default: 'B' });
  });

  it('[H9] nothing is put between two states that ends the flow', () => {
    const refused = add(documentOf(chain), { at: 'edge', edge: '/States/A/Next' }, { type: 'Fail' });
    expect(reasonOf(refused)).toBe('A Fail state ends the flow: put it at an end, not between two states.');
  });

  it('[H5] names that are taken anywhere get a number', () => {
    const drawn = done(add(documentOf(parallel), { at: 'machine', machine: '' }, { type: 'Parallel' }));
    const again = done(
      add(drawn, { at: 'machine', machine: '/States/Parallel/Branches/0' }, { type: 'Parallel' }),
    );
    expect(again.definition.States.Parallel).toMatchObject({
      Branches: [{ StartAt: 'Parallel 2' }, { StartAt: '' }],
    });
  });
});

describe('connect', () => {
  it('[H6] a state that ended goes on, and End is gone', () => {
    const loose = done(add(documentOf(chain), { at: 'machine', machine: '' }, pass));
    expect(done(connect(loose, '/States/Pass', '/States/C')).definition.States.Pass).toEqual({
      Type: 'Pass',
      Next: 'C',
    });
  });

  it('[H4] from the side a Task catches, and a Choice goes on otherwise', () => {
    const caught = done(connect(documentOf(chain), '/States/B', '/States/A', 'side'));
    expect(caught.definition.States.B).toMatchObject({
      Catch: [{ Next: 'D' }, { ErrorEquals: ['States.ALL'], Next: 'A' }],
    });
    expect(
      done(connect(documentOf(chain), '/States/C', '/States/A', 'side')).definition.States.C,
    ).toMatchObject({ Default: 'A' });
  });

  it('[H4] from a Choice each connection is a new rule', () => {
    const drawn = done(connect(documentOf(chain), '/States/C', '/States/A'));
    expect(drawn.definition.States.C).toMatchObject({
      Choices: [{ Next: 'B' }, { IsPresent: true, Next: 'A' }],
    });
  });

  it('[H9] a border is not crossed, and an end is not left', () => {
    const document = documentOf(parallel);
    expect(
      reasonOf(connect(document, '/States/P/Branches/0/States/X', '/States/P/Branches/1/States/Y')),
    ).toBe('"Y" is in another branch or container: a transition may not cross its border.');
    expect(reasonOf(connect(document, '/States/Q', '/States/P'))).toBe(
      '"Q" ends the flow, so nothing can follow it.',
    );
    expect(reasonOf(connect(document, '/States/P/Branches/0/States/X', '/States/P'))).toBe(
      '"X" is inside "P": connect "P" itself to go on from there.',
    );
  });

  it('[H4] an arrow that is led elsewhere keeps its rule', () => {
    const drawn = done(reconnect(documentOf(chain), '/States/C/Choices/0/Next', '/States/A'));
    expect(drawn.definition.States.C).toMatchObject({
      Choices: [{ Variable: '$.again', IsPresent: true, Next: 'A' }],
    });
    expect(done(reconnect(documentOf(chain), '/StartAt', '/States/C')).definition.StartAt).toBe('C');
    expect(done(setStart(documentOf(chain), '/States/D')).definition.StartAt).toBe('D');
  });
});

describe('remove', () => {
  it('[H8] what led to a state leads to what followed it', () => {
    const drawn = done(removeStates(documentOf(chain), ['/States/B']));
    expect(drawn.definition.States).toEqual({
      A: { Type: 'Pass', Next: 'C' },
      C: { Type: 'Choice', Choices: [{ Variable: '$.again', IsPresent: true, Next: 'C' }], Default: 'D' },
      D: { Type: 'Succeed' },
    });
  });

  it('[H8] several in a row are bridged at once, the start too', () => {
    const drawn = done(removeStates(documentOf(chain), ['/States/A', '/States/B']));
    expect(drawn.definition.StartAt).toBe('C');
  });

  it('[H8] where nothing came after, what came before ends', () => {
    const drawn = done(removeStates(documentOf(chain), ['/States/D']));
    expect(drawn.definition.States.B).toEqual({ Type: 'Task', Resource: 'millrace:http', Next: 'C' });
    expect(drawn.definition.States.C).toEqual({
      Type: 'Choice',
      Choices: [{ Variable: '$.again', IsPresent: true, Next: 'B' }],
    });
  });

  it('[H4] the last state leaves an empty flow', () => {
    const drawn = done(removeStates(documentOf(chain), ['/States/A', '/States/B', '/States/C', '/States/D']));
    expect(drawn.definition).toEqual({ StartAt: '', States: {} });
  });

  it('[H6] an arrow that goes leaves End, no rule, no catcher', () => {
    expect(done(removeEdge(documentOf(chain), '/States/A/Next')).definition.States.A).toEqual({
      Type: 'Pass',
      End: true,
    });
    expect(done(removeEdge(documentOf(chain), '/States/C/Choices/0/Next')).definition.States.C).toMatchObject(
      { Choices: [] },
    );
    expect(
      done(removeEdge(documentOf(chain), '/States/B/Catch/0/Next')).definition.States.B,
    ).not.toHaveProperty('Catch');
    expect(reasonOf(removeEdge(documentOf(chain), '/StartAt'))).toContain('must start somewhere');
  });

  it('[H12] a branch that goes takes its places along, and those of later branches move up', () => {
    const layout = {
      '/States/P/Branches/0/States/X': { x: 1, y: 1 },
      '/States/P/Branches/1/States/Y': { x: 2, y: 2 },
    };
    const drawn = done(removeBranch(documentOf(parallel, layout), '/States/P/Branches/0'));
    expect(drawn.layout).toEqual({ '/States/P/Branches/0/States/Y': { x: 2, y: 2 } });
    expect(reasonOf(removeBranch(drawn, '/States/P/Branches/0'))).toContain('needs at least one branch');
    expect(done(addBranch(drawn, '/States/P')).definition.States.P).toMatchObject({
      Branches: [{}, { StartAt: '', States: {} }],
    });
  });
});

describe('rename', () => {
  it('[H7] transitions, order and places follow', () => {
    const drawn = done(rename(documentOf(chain, { '/States/B': { x: 8, y: 9 } }), '/States/B', 'Pay/now'));
    expect(Object.keys(drawn.definition.States)).toEqual(['A', 'Pay/now', 'C', 'D']);
    expect(drawn.definition.States.A).toEqual({ Type: 'Pass', Next: 'Pay/now' });
    expect(drawn.definition.States.C).toMatchObject({ Choices: [{ Next: 'Pay/now' }] });
    expect(drawn.layout).toEqual({ '/States/Pay~1now': { x: 8, y: 9 } });
  });

  it('[H9] a name that is taken anywhere, empty or too long is refused', () => {
    expect(reasonOf(rename(documentOf(parallel), '/States/Q', 'X'))).toContain('already a state called "X"');
    expect(reasonOf(rename(documentOf(parallel), '/States/Q', ' '))).toBe('A state needs a name.');
    expect(reasonOf(rename(documentOf(parallel), '/States/Q', 'x'.repeat(81)))).toContain('80');
  });

  it('[H1] the same name is no edit', () => {
    const document = documentOf(chain);
    expect(rename(document, '/States/A', 'A')).toEqual({ ok: true, document });
  });
});

describe('move, copy, paste', () => {
  it('[H4] a state moved into an empty branch starts it, and its gap is closed', () => {
    const wider = done(addBranch(documentOf(parallel), '/States/P'));
    const inserted = done(add(wider, { at: 'after', state: '/States/P' }, pass));
    const drawn = done(move(inserted, ['/States/Pass'], { at: 'machine', machine: '/States/P/Branches/2' }));
    expect(drawn.definition.States.P).toMatchObject({
      Branches: [{}, {}, { StartAt: 'Pass', States: { Pass: { Type: 'Pass', End: true } } }],
      Next: 'Q',
    });
  });

  it('[H9] nothing is moved into itself', () => {
    const refused = move(documentOf(parallel), ['/States/P'], {
      at: 'machine',
      machine: '/States/P/Branches/0',
    });
    expect(reasonOf(refused)).toBe('"P" cannot be moved into itself.');
  });

  it('[H10] copied states are a machine; pasted they have free names and lead to each other', () => {
    const document = documentOf(chain);
    const text = copied(document.definition, ['/States/A', '/States/B']) ?? '';
    expect(JSON.parse(text)).toEqual({
      StartAt: 'A',
      States: { A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Task', Resource: 'millrace:http', End: true } },
    });
    const drawn = done(paste(document, '', text));
    expect(drawn.definition.States).toMatchObject({
      ...chain.States,
      'A 2': { Type: 'Pass', Next: 'B 2' },
      'B 2': { Type: 'Task', Resource: 'millrace:http', End: true },
    });
  });

  it('[H5] a duplicated container has new names inside, too', () => {
    const drawn = done(duplicate(documentOf(parallel), ['/States/P']));
    expect(drawn.definition.States['P 2']).toMatchObject({
      Branches: [{ StartAt: 'X 2' }, { StartAt: 'Y 2', States: { 'Y 2': { Next: 'Z 2' } } }],
      End: true,
    });
  });

  it('[H10] one state, and states without a machine, can be pasted; other text is refused', () => {
    const document = documentOf(emptyDefinition());
    expect(done(paste(document, '', '{"Type":"Wait","Seconds":1,"Next":"gone"}')).definition).toMatchObject({
      StartAt: 'Wait',
      States: { Wait: { Type: 'Wait', Seconds: 1, End: true } },
    });
    expect(done(paste(document, '', 'Stop:\n  Type: Fail\n')).definition.States).toEqual({
      Stop: { Type: 'Fail' },
    });
    expect(reasonOf(paste(document, '', 'hello'))).toContain('no states');
  });
});

describe('fields', () => {
  it('[H1] a field is set, changed and removed by its pointer, and the old document stays', () => {
    const document = documentOf(chain);
    const set = done(setField(document, '/States/B/TimeoutSeconds', 2));
    expect(set.definition.States.B).toMatchObject({ TimeoutSeconds: 2 });
    expect(done(setField(document, '/States/B/Retry', undefined))).toBe(document);
    expect(document.definition).toEqual(chain);
  });
});
