import { useSyncExternalStore } from 'react';

const wide = '(min-width: 800px)';

/** Whether there is room for the drawing beside the step; on a phone there is not. */
export function useIsWide(): boolean {
  return useSyncExternalStore(
    (listener) => {
      const query = window.matchMedia(wide);
      query.addEventListener('change', listener);
      return () => query.removeEventListener('change', listener);
    },
    () => window.matchMedia(wide).matches,
    () => true,
  );
}
