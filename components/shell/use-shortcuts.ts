import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { moveInList } from './list-keys';
import { openShortcuts } from './palette';

/** Where `G` and a second letter lead. */
const places: { readonly [key: string]: string } = { f: '/', e: '/executions', t: '/templates' };
/** How long the second letter may take. */
const patience = 1200;

/** What a key does where it does something by itself. */
const keys: { readonly [key: string]: () => void } = {
  '?': () => openShortcuts(true),
  '/': () => document.querySelector<HTMLInputElement>('main [data-search]')?.focus(),
  j: () => moveInList(1),
  k: () => moveInList(-1),
};

/** The keys that work on every page, as long as nobody is typing and no dialog is open. */
export function useShortcuts() {
  const router = useRouter();
  // Talks to the window: keys that nothing else took.
  useEffect(() => {
    let goesUntil = 0;
    const actOf = (key: string, at: number) => {
      const place = at < goesUntil ? places[key] : undefined;
      goesUntil = key === 'g' ? at + patience : 0;
      return place === undefined ? keys[key] : () => router.push(place);
    };
    const press = (event: KeyboardEvent) => {
      const isOurs = !event.defaultPrevented && !isTaken(event);
      const act = isOurs ? actOf(event.key.toLowerCase(), event.timeStamp) : undefined;
      if (act !== undefined) event.preventDefault();
      act?.();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [router]);
}

/** Whether the key is for somebody else: the browser, a field, an open dialog or menu. */
function isTaken({ ctrlKey, metaKey, altKey, target }: KeyboardEvent): boolean {
  const fields = 'input, textarea, select, [contenteditable="true"]';
  const isField = target instanceof HTMLElement && target.closest(fields) !== null;
  const isModified = ctrlKey || metaKey || altKey;
  return isModified || isField || document.querySelector('[role="dialog"], [role="menu"]') !== null;
}
