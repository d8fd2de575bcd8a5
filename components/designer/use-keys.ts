import { useEffect } from 'react';
import { type Action, actions, copiedText, deleteAfterCut, type Place, pasteText } from './actions';

/** The designer's keys and clipboard: of the whole page, except in text fields, where only some of them work. */
export function useKeys(place: Place) {
  // Talks to the window: keys and clipboard events that nothing else took.
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isInDialog()) return;
      const isTyping = isField(event.target);
      const action = actions.find(
        ({ keys, inFields }) =>
          keys !== undefined && (inFields === true || !isTyping) && matches(event, keys),
      );
      if (action === undefined || keepsItself(action, event.target)) return;
      event.preventDefault();
      if (action.may(place.session)) action.run(place);
    };
    const copy = (event: ClipboardEvent) => {
      const text = isField(event.target) || isInDialog() ? undefined : copiedText(place.session);
      if (text === undefined || hasMarkedText()) return;
      event.clipboardData?.setData('text/plain', text);
      event.preventDefault();
      if (event.type === 'cut') deleteAfterCut(place.session);
    };
    const paste = (event: ClipboardEvent) => {
      if (isField(event.target) || isInDialog()) return;
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (text.trim() !== '') void pasteText(place.session, text);
    };
    window.addEventListener('keydown', press);
    window.addEventListener('copy', copy);
    window.addEventListener('cut', copy);
    window.addEventListener('paste', paste);
    return () => {
      window.removeEventListener('keydown', press);
      window.removeEventListener('copy', copy);
      window.removeEventListener('cut', copy);
      window.removeEventListener('paste', paste);
    };
  }, [place]);
}

function isField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest('input, textarea, select, [contenteditable="true"]') !== null
  );
}

/** Undo in a field that is not of the document (a search) is the browser's own. */
function keepsItself({ id }: Action, target: EventTarget | null): boolean {
  if (id !== 'undo' && id !== 'redo') return false;
  return isField(target) && target instanceof HTMLElement && target.closest('[data-of-document]') === null;
}

function isInDialog(): boolean {
  return document.querySelector('[role="dialog"], [role="menu"], [role="listbox"]') !== null;
}

function hasMarkedText(): boolean {
  return (window.getSelection()?.toString() ?? '') !== '';
}

/** Shift makes a letter large, so letters are compared without case; Ctrl is the command key on a Mac. */
function matches(event: KeyboardEvent, keys: string): boolean {
  const parts = keys.split(' ');
  const key = parts.at(-1) ?? '';
  const isKey =
    event.key.toLowerCase() === key.toLowerCase() || (key === 'Delete' && event.key === 'Backspace');
  return (
    isKey &&
    (event.ctrlKey || event.metaKey) === parts.includes('Ctrl') &&
    event.shiftKey === parts.includes('Shift') &&
    !event.altKey
  );
}
