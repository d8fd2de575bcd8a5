import { client } from '@/components/shell/client';
import { sentenceOf } from '@/components/shell/tell';
import { toast } from '@/components/ui/toast';
import { isSameDocument, keptLayout } from '@/lib/editor/document';
import { inStep } from '@/lib/editor/history';
import type { Problem } from '@/lib/flow/problem';
import { fetchCheck } from './checking';
import { dropDraft } from './draft';
import type { Bench } from './SessionContext';
import type { Session, SessionState } from './session';
import { fetchTexts } from './texts';

/** Why the document cannot be saved now; undefined where it can. */
export function refusalToSave({ history, problems }: SessionState): string | undefined {
  if (Object.keys(history.present.definition.States).length === 0)
    return 'There is nothing in this flow yet.';
  if (history.present.text.unread !== undefined) return 'The code cannot be read: mend it first.';
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  if (errors > 0) return `There ${errors === 1 ? 'is 1 problem' : `are ${errors} problems`} to mend first.`;
  return undefined;
}

/** Whether there is something that the newest version does not hold. */
export function isUnsaved({ history, saved }: SessionState): boolean {
  return saved.number === 0 || !isSameDocument(history.present, saved.document);
}

/** Saves the document as a new version; resolves to its number, or undefined where that was refused (and said). */
export async function save({ session, flowId, kinds }: Bench, note = ''): Promise<number | undefined> {
  if (session.getState().isSaving) return undefined;
  session.setState({ isSaving: true });
  try {
    const check = await fetchCheck(kinds);
    const state = session.getState();
    if (!isUnsaved(state) && refusalToSave(state) === undefined) return state.saved.number;
    if (isRefused(session, check(state.history.present.definition))) return undefined;
    const document = (await fetchTexts()).settled(state.history.present);
    const { source, format } = document.text;
    const layout = keptLayout(document);
    const body = { source, format, layout, note };
    const { number } = await client.saveVersion({ params: { flowId }, body });
    session.setState(({ history }) => ({
      saved: { number, document },
      // Typing may have gone on while the server answered.
      history: history.present === state.history.present ? inStep(history, document) : history,
    }));
    dropDraft(flowId);
    toast.success(`Saved as version ${number}`, { id: 'save' });
    return number;
  } catch (problem) {
    toast.error('Not saved', { id: 'save', description: sentenceOf(problem) });
    return undefined;
  } finally {
    session.setState({ isSaving: false });
  }
}

/**
 * Says why the document cannot be saved, and shows its problems. Whoever is quick saves before those of the last edit
 * are in the session, so they are found here once more.
 */
function isRefused(session: Session, found: readonly Problem[]): boolean {
  const state = session.getState();
  const known = refusalToSave(state);
  const refusal = known ?? refusalToSave({ ...state, problems: found });
  if (refusal === undefined) return false;
  session.setState({ areProblemsOpen: true, ...(known === undefined ? { problems: found } : {}) });
  toast.error(refusal, { id: 'save' });
  return true;
}
