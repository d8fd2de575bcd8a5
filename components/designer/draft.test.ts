import { afterEach, expect, test, vi } from 'vitest';
import { documentOf } from '@/lib/editor/document';
import type { Definition } from '@/lib/flow/model';
import { documentFrom, draftOf, dropDraft, keepDraft } from './draft';
import { textsAtHand } from './texts';

const drawn: Definition = { QueryLanguage: 'JSONata', StartAt: 'New', States: { New: { Type: 'Succeed' } } };
const saved = documentOf({ ...drawn, StartAt: 'Old', States: { Old: { Type: 'Succeed' } } });
const layout = { '/States/New': { x: 1, y: 2 } };

// Node has no storage of a browser: this one has the three calls that drafts make.
function storage() {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
}

afterEach(() => vi.unstubAllGlobals());

test('[U51] who leaves before what writes texts was fetched gets the changes back', async () => {
  vi.stubGlobal('localStorage', storage());
  expect(textsAtHand()).toBeUndefined();

  keepDraft('flow', { ...saved, definition: drawn, layout }, 1);

  const draft = draftOf('flow');
  if (draft === undefined) throw new Error('nothing was kept');
  expect(await documentFrom(draft, saved)).toMatchObject({ definition: drawn, layout });
  dropDraft('flow');
  expect(draftOf('flow')).toBeUndefined();
});
