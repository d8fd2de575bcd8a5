import { describe, expect, it } from 'vitest';
import type { Definition } from '@/lib/flow/model';
import { changesBetween } from './changes';

const before: Definition = {
  StartAt: 'Pay',
  States: {
    Pay: { Type: 'Task', Resource: 'millrace:http', Next: 'Each' },
    Each: {
      Type: 'Map',
      ItemProcessor: { StartAt: 'Send', States: { Send: { Type: 'Pass', End: true } } },
      Next: 'Done',
    },
    Done: { Type: 'Succeed' },
  },
};

describe('the changes between two definitions', () => {
  it('[H17] there are none between a definition and itself', () => {
    expect(changesBetween(before, structuredClone(before))).toEqual([]);
  });

  it('[H17] names fields that were changed, added or taken away, of states and of the flow', () => {
    const { Pay, ...others } = before.States;
    const after: Definition = {
      ...before,
      TimeoutSeconds: 60,
      States: {
        Pay: { Type: 'Task', Resource: 'millrace:function', TimeoutSeconds: 5, Next: 'Each' },
        ...others,
      },
    };
    expect(changesBetween(before, after)).toEqual([
      { kind: 'changed', pointer: '', name: '', fields: ['TimeoutSeconds'] },
      { kind: 'changed', pointer: '/States/Pay', name: 'Pay', fields: ['Resource', 'TimeoutSeconds'] },
    ]);
  });

  it('[H17] a change inside of a container is not one of the container', () => {
    const after: Definition = {
      ...before,
      States: {
        ...before.States,
        Each: {
          Type: 'Map',
          ItemProcessor: {
            StartAt: 'Send',
            States: { Send: { Type: 'Pass', Next: 'Log' }, Log: { Type: 'Pass', End: true } },
          },
          Next: 'Done',
        },
      },
    };
    expect(changesBetween(before, after)).toEqual([
      {
        kind: 'changed',
        pointer: '/States/Each/ItemProcessor/States/Send',
        name: 'Send',
        fields: ['Next', 'End'],
      },
      { kind: 'added', pointer: '/States/Each/ItemProcessor/States/Log', name: 'Log', fields: [] },
    ]);
  });

  it('[H17] a state that only has another name was renamed, one that went was removed', () => {
    const { Done: _, Each: __, ...others } = before.States;
    const after: Definition = {
      ...before,
      States: { ...others, Finished: { Type: 'Succeed' } },
    };
    expect(changesBetween(before, after)).toEqual([
      { kind: 'renamed', pointer: '/States/Finished', name: 'Finished', formerly: 'Done', fields: [] },
      { kind: 'removed', pointer: '/States/Each', name: 'Each', fields: [] },
      { kind: 'removed', pointer: '/States/Each/ItemProcessor/States/Send', name: 'Send', fields: [] },
    ]);
  });
});
