import { useEffect } from 'react';

/** The title of the browser's tab while the component is shown: what it is, then where. Nothing while it is not known. */
export function usePageTitle(title: string | undefined) {
  // Talks to the document's head, in which the framework sets the title of the route, at times after us.
  useEffect(() => {
    if (title === undefined) return;
    // As the browser gives it back: it never equals a text with two blanks in a row, and would be set for ever.
    const text = `${title} · Millrace`.replace(/[\t\n\f\r ]+/g, ' ').trim();
    const say = () => {
      if (document.title !== text) document.title = text;
    };
    say();
    const observer = new MutationObserver(say);
    observer.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => observer.disconnect();
  }, [title]);
}
