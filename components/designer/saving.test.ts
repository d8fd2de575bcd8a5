import { expect, test } from 'vitest';
import { documentOf } from '@/lib/editor/document';
import type { Definition } from '@/lib/flow/model';
import { save } from './saving';
import { openSession } from './session';

const unfinished: Definition = {
  QueryLanguage: 'JSONata',
  StartAt: 'Only',
  States: { Only: { Type: 'Pass', Next: 'Nowhere' } },
};

test('[U52] what is wrong is found where somebody saves before the check has come to it', async () => {
  const session = openSession(documentOf(unfinished), 0);
  expect(session.getState().problems).toEqual([]);

  expect(await save({ session, flowId: 'unfinished', kinds: [] })).toBeUndefined();

  const { problems, areProblemsOpen, isSaving } = session.getState();
  expect(problems.map(({ pointer }) => pointer)).toContain('/States/Only/Next');
  expect({ areProblemsOpen, isSaving }).toEqual({ areProblemsOpen: true, isSaving: false });
});
