'use client';

import { createContext, useCallback, useContext, useSyncExternalStore } from 'react';
import type { StreamProgress } from '@/lib/api/stream';
import type { Summary } from '@/lib/monitor/monitor';
import type { StateOverlay } from '@/lib/monitor/overlay';
import type { Step } from '@/lib/monitor/step';
import { type Focus, overlayOf, parked } from '@/lib/monitor/view';
import type { Connection, Live, Topic } from './live';

export const LiveContext = createContext<Live | undefined>(undefined);

export function useLive(): Live {
  const live = useContext(LiveContext);
  if (live === undefined) throw new Error('this component is drawn outside of an execution');
  return live;
}

/** Draws the component anew after each change of the topic; gives the topic's version. */
export function useTopic(topic: Topic): number {
  const live = useLive();
  const subscribe = useCallback((listener: () => void) => live.subscribe(topic, listener), [live, topic]);
  const version = () => live.version(topic);
  return useSyncExternalStore(subscribe, version, version);
}

/** The execution as the journal holds it now. */
export function useSummary(): Summary {
  useTopic('execution');
  return useLive().monitor.summary;
}

/** How many steps have failed for good and wait for an operator. */
export function useParkedCount(): number {
  const live = useLive();
  const subscribe = useCallback((listener: () => void) => live.subscribe('steps', listener), [live]);
  const count = () => parked(live.monitor).length;
  return useSyncExternalStore(subscribe, count, count);
}

export function useConnection(): Connection {
  useTopic('connection');
  return useLive().connection;
}

/** How far the view of a long history is; undefined where nothing has to be waited for. */
export function useProgress(): StreamProgress | undefined {
  useTopic('connection');
  return useLive().progress;
}

export function useStep(id: number): Step | undefined {
  useTopic(`step ${id}`);
  return useLive().monitor.steps.get(id);
}

/** What the canvas shows on a state, with the iterations that are looked at. */
export function useOverlay(pointer: string, focus: Focus): StateOverlay | undefined {
  useTopic(`state ${pointer}`);
  return overlayOf(useLive().monitor, pointer, focus);
}
