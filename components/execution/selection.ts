'use client';

import { useCallback, useMemo } from 'react';
import { useQueryState } from '@/components/shell/query-state';
import type { Monitor } from '@/lib/monitor/monitor';
import type { Step } from '@/lib/monitor/step';
import { culprits, type Focus, focusOn, parked } from '@/lib/monitor/view';
import { useLive, useTopic } from './use-live';

const tabs = ['input', 'output', 'error', 'attempts', 'logs', 'iterations', 'definition'] as const;
export type Tab = (typeof tabs)[number];

export interface Selection {
  /** The step that is looked at: the one in the URL, else the one to blame or that waits for an operator, else none. */
  readonly step: number | undefined;
  /** Undefined: whatever answers first for this step. */
  readonly tab: Tab | undefined;
  /** The attempt that is looked at, where one was chosen. */
  readonly attempt: number | undefined;
  readonly focus: Focus;
  readonly choose: (step: number | undefined, tab?: Tab, attempt?: number) => void;
}

/** Which step is looked at, and how; it stands in the URL, so that it can be shared. */
export function useSelection(): Selection {
  const { get, set } = useQueryState();
  const { monitor } = useLive();
  const version = useTopic('steps');
  const asked = numberFrom(get('step'));
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version stands for what is inside the monitor
  const step = useMemo(() => asked ?? inTrouble(monitor)?.id, [asked, monitor, version]);
  // The focus depends on the steps around the chosen one, which are there once the history has come so far.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version stands for what is inside the monitor
  const isKnown = useMemo(() => step !== undefined && monitor.steps.has(step), [step, monitor, version]);
  const focus = useMemo(() => focusOn(monitor, isKnown ? step : undefined), [monitor, step, isKnown]);
  const choose = useCallback(
    (next: number | undefined, tab?: Tab, attempt?: number) =>
      set({ step: String(next ?? ''), tab: tab ?? '', attempt: String(attempt ?? '') }),
    [set],
  );
  const tab = tabs.find((each) => each === get('tab'));
  return { step, tab, attempt: numberFrom(get('attempt')), focus, choose };
}

/** The step that whoever opens the page came for. */
function inTrouble(monitor: Monitor): Step | undefined {
  const { status } = monitor.summary;
  if (status === 'running') return parked(monitor)[0];
  return status === 'failed' || status === 'timedOut' ? culprits(monitor, 1)[0] : undefined;
}

function numberFrom(text: string): number | undefined {
  return /^[1-9]\d*$/.test(text) ? Number(text) : undefined;
}
