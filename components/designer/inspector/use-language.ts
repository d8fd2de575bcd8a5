import { locate, queryLanguage } from '@/lib/flow/graph';
import type { QueryLanguage } from '@/lib/flow/model';
import { useSession } from '../SessionContext';

/** The query language that the fields of the state at a pointer are written in. */
export function useLanguage(pointer: string): QueryLanguage {
  return useSession((state) => {
    const located = locate(state.history.present.definition, pointer);
    return located === undefined ? 'JSONPath' : queryLanguage(located);
  });
}
