'use client';

import { useSearchParams } from 'next/navigation';
import { useCallback } from 'react';

/**
 * The URL's query as state, so that a view can be shared and survives a reload. `set` replaces the given names (an empty
 * string removes one) without a new entry in the browser's history.
 */
export function useQueryState() {
  const params = useSearchParams();
  const set = useCallback((changes: { readonly [name: string]: string }) => {
    const next = new URLSearchParams(window.location.search);
    for (const [name, value] of Object.entries(changes)) {
      if (value === '') next.delete(name);
      else next.set(name, value);
    }
    const text = next.toString();
    // Not through the router: the page is the same, so the server need not be asked.
    window.history.replaceState(null, '', text === '' ? window.location.pathname : `?${text}`);
  }, []);
  return { get: (name: string) => params.get(name) ?? '', set };
}
