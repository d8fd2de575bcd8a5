import { FlowSettings } from '@/lib/api/flow-settings';
import type { Options } from '@/lib/engine/event';
import { usualPayloadLimit } from '@/lib/engine/limits';
import type { Json } from '@/lib/expression/json';

/** The settings of a flow, with the defaults of those that nobody has set. */
export function settingsOf(stored: Json): FlowSettings {
  return FlowSettings.parse(stored);
}

/**
 * What a new execution takes along of its flow's settings; what is usual is left out, as it is written into each history. `asked` is
 * the priority that whoever starts it wants.
 */
export function optionsOf(stored: Json, asked?: number): { options?: Options } {
  const { onFailure, profile, historyShare, payloadLimit, priority: usual } = settingsOf(stored);
  const priority = asked ?? usual;
  const options: Options = {
    // Nobody sees an express execution before it has ended: it cannot wait for an operator.
    ...(onFailure === 'park' && profile === 'standard' && { onFailure }),
    ...(priority !== 0 && { priority }),
    ...(payloadLimit !== usualPayloadLimit && { payloadLimit }),
    ...(profile === 'express' && { profile, historyShare }),
  };
  return Object.keys(options).length === 0 ? {} : { options };
}
