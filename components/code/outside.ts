import { Annotation, type ChangeSpec } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';

/** Marks changes that came from outside of the editor, so that they are not told back. */
export const fromOutside = Annotation.define<true>();

/** Brings the editor's text into step with another one, changing only the stretch that differs: the cursor stays. */
export function bringInStep(view: EditorView, next: string) {
  const now = view.state.doc.toString();
  if (now === next) return;
  view.dispatch({ changes: differenceOf(now, next), annotations: fromOutside.of(true) });
}

function differenceOf(now: string, next: string): ChangeSpec {
  let start = 0;
  const shorter = Math.min(now.length, next.length);
  while (start < shorter && now[start] === next[start]) start += 1;
  let end = 0;
  while (end < shorter - start && now[now.length - 1 - end] === next[next.length - 1 - end]) end += 1;
  return { from: start, to: now.length - end, insert: next.slice(start, next.length - end) };
}
