import { describe, expect, it } from 'vitest';
import { blankState } from './blank';

describe('a state from the palette', () => {
  const kind = {
    type: 'Task',
    title: 'Run',
    resource: 'millrace:function',
    parameters: { code: 'return input', 'input.$': '$', 'id.$': '$.order.id' },
  } as const;

  it('[H15] a Task has the parameters of its kind in the language of its flow', () => {
    expect(blankState(kind, 'JSONPath')).toEqual({
      Type: 'Task',
      Resource: 'millrace:function',
      Parameters: { code: 'return input', 'input.$': '$', 'id.$': '$.order.id' },
      End: true,
    });
    expect(blankState(kind, 'JSONata')).toEqual({
      Type: 'Task',
      Resource: 'millrace:function',
      Arguments: { code: 'return input', input: '{% $states.input %}', id: '{% $states.input.order.id %}' },
      End: true,
    });
  });
});
