import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '@/components/shell/client';
import { tellProblem } from '@/components/shell/tell';
import { toast } from '@/components/ui/toast';
import { type Document, keptLayout } from '@/lib/editor/document';
import { useBench } from '../SessionContext';
import { edit } from '../session';

/** Saves what an old version holds as a new one, and puts it on the canvas; undo brings back what was there before. */
export function useRestore(onDone: (number: number) => void) {
  const { flowId, session } = useBench();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const restore = async (number: number, document: Document) => {
    setBusy(true);
    try {
      const { source, format } = document.text;
      const body = { source, format, layout: keptLayout(document), note: `Restored from version ${number}` };
      const saved = await client.saveVersion({ params: { flowId }, body });
      edit(session, { ok: true, document, select: [] });
      session.setState({ saved: { number: saved.number, document } });
      toast.success(`Version ${number} restored as version ${saved.number}`);
      await queries.invalidateQueries({ queryKey: ['versions', flowId] });
      onDone(saved.number);
    } catch (problem) {
      tellProblem(`Version ${number} was not restored`, problem);
    } finally {
      setBusy(false);
    }
  };
  return { busy, restore };
}
