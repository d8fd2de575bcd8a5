import { type ComponentType, useEffect, useState } from 'react';

const patience = 2000;

/**
 * A component that is fetched when it is wanted. Until it is there, and where it cannot be had (the server is away), there
 * is none: what waits for it goes without, where `lazy` would break the page.
 */
export function later<Props>(fetch: () => Promise<ComponentType<Props>>) {
  let there: ComponentType<Props> | undefined;
  const ask = async () => {
    there ??= await fetch();
    return there;
  };
  return {
    /** Fetches it ahead of its use. */
    ahead: () => void ask().catch(() => undefined),
    /** The component, once it is wanted and there. */
    useIt: (isWanted: boolean): ComponentType<Props> | undefined => {
      const [Part, setPart] = useState<ComponentType<Props> | undefined>(() => there);
      const [failures, setFailures] = useState(0);
      // Talks to the server that serves the script; asks it again after a failure.
      // biome-ignore lint/correctness/useExhaustiveDependencies: a failure is a reason to ask again, though no value is needed of it
      useEffect(() => {
        if (!isWanted || Part !== undefined) return;
        let isCurrent = true;
        let again: ReturnType<typeof setTimeout> | undefined;
        ask().then(
          (fetched) => isCurrent && setPart(() => fetched),
          () => {
            if (isCurrent) again = setTimeout(() => setFailures((count) => count + 1), patience);
          },
        );
        return () => {
          isCurrent = false;
          clearTimeout(again);
        };
      }, [isWanted, Part, failures]);
      return isWanted ? Part : undefined;
    },
  };
}
