import { useState } from 'react';
import { Button } from '@/components/ui/Button';
import { documentFrom, draftOf, dropDraft } from './draft';
import { useBench } from './SessionContext';
import { documentIn, edit } from './session';

/** Offers back what was drawn in this browser and not saved. */
export function DraftOffer() {
  const { flowId, session } = useBench();
  const [draft, setDraft] = useState(() => draftOf(flowId));
  if (draft === undefined) return null;
  const { number } = session.getState().saved;
  const isOlder = draft.base < number;
  const restore = async () => {
    edit(session, { ok: true, document: await documentFrom(draft, documentIn(session)) });
    setDraft(undefined);
  };
  return (
    <section
      aria-label="Unsaved changes"
      className="flex flex-wrap items-center gap-2 border-b bg-status-retrying-soft px-4 py-1.5 text-sm text-status-retrying"
    >
      <p className="min-w-0 flex-1">
        This browser keeps changes of {new Date(draft.at).toLocaleString()} that were not saved
        {isOlder ? `; version ${number} was saved after them.` : '.'}
      </p>
      <Button size="sm" onClick={() => void restore()}>
        Restore them
      </Button>
      <Button
        size="sm"
        variant="ghost"
        onClick={() => {
          dropDraft(flowId);
          setDraft(undefined);
        }}
      >
        Throw them away
      </Button>
    </section>
  );
}
