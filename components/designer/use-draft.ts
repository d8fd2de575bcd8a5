import { useEffect } from 'react';
import { dropDraft, keepDraft } from './draft';
import { useBench } from './SessionContext';
import { isUnsaved } from './saving';
import { fetchTexts } from './texts';

/** Keeps what is not saved in this browser, and lets the browser ask before such a page is left. */
export function useDraft() {
  const { session, flowId } = useBench();
  // Talks to the browser's storage, a moment after the last edit, and to its question before leaving.
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const keep = () => {
      clearTimeout(timer);
      timer = undefined;
      const state = session.getState();
      if (isUnsaved(state) && state.history.past.length > 0)
        keepDraft(flowId, state.history.present, state.saved.number);
      else if (state.history.past.length > 0) dropDraft(flowId);
    };
    const stop = session.subscribe((state, before) => {
      if (state.history.present === before.history.present && state.saved === before.saved) return;
      clearTimeout(timer);
      const texts = fetchTexts();
      timer = setTimeout(() => void texts.then(keep), 400);
    });
    const leave = (event: BeforeUnloadEvent) => {
      if (timer !== undefined) keep();
      if (isUnsaved(session.getState()) && session.getState().history.past.length > 0) event.preventDefault();
    };
    window.addEventListener('beforeunload', leave);
    return () => {
      stop();
      if (timer !== undefined) keep();
      window.removeEventListener('beforeunload', leave);
    };
  }, [session, flowId]);
}
