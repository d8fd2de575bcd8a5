import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { TaskKind } from '@/lib/api/resources';
import type { Session, SessionState } from './session';

/** What every part of one open designer works with. */
export interface Bench {
  readonly flowId: string;
  readonly session: Session;
  readonly kinds: readonly TaskKind[];
}

export const BenchContext = createContext<Bench | undefined>(undefined);

export function useBench(): Bench {
  const bench = useContext(BenchContext);
  if (bench === undefined) throw new Error('this component is drawn outside of a designer');
  return bench;
}

/** One slice of the designer's session. */
export function useSession<Slice>(slice: (state: SessionState) => Slice): Slice {
  return useStore(useBench().session, slice);
}
