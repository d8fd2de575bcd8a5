import { FlowSettings } from '@/lib/api/flow-settings';
import type { Options } from '@/lib/engine/event';
import type { Json } from '@/lib/expression/json';

/** The settings of a flow, with the defaults of those that nobody has set. */
export function settingsOf(stored: Json): FlowSettings {
  return FlowSettings.parse(stored);
}

/** What a new execution takes along of its flow's settings; what is usual is left out, as it is written into each history. */
export function optionsOf(stored: Json): { options?: Options } {
  const { onFailure } = settingsOf(stored);
  return onFailure === 'fail' ? {} : { options: { onFailure } };
}
