import type { Json } from '@/lib/expression/json';
import type { StateType } from '@/lib/flow/model';
import type { RestoredScope } from './restored';

/** A step that the execution has reached, finished or not, with all that a restart needs to put back; `survey` finds it. */
export interface Reached {
  readonly step: number;
  readonly state: string;
  readonly stateType: StateType;
  readonly input: Json;
  /** Undefined where the part of the execution that it lies in is gone. */
  readonly restored: readonly RestoredScope[] | undefined;
  /** The distributed Map around it whose ResultWriter was given the item's result. */
  readonly handedOver?: string;
  /** The event up to which the history was looked at: it holds for this moment alone. */
  readonly lastEvent: number;
}
