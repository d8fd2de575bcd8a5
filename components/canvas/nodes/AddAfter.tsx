import { Plus } from 'lucide-react';
import type { State } from '@/lib/flow/model';
import { useCanvas } from '../canvas-store';
import { below } from './below';

/** The button under a state at which the flow ends: it goes on from here. */
export function AddAfter({
  id,
  name,
  state,
}: {
  readonly id: string;
  readonly name: string;
  readonly state: State;
}) {
  const gestures = useCanvas((canvas) => canvas.gestures);
  const ends = 'End' in state && state.End === true;
  const leadsNowhere = state.Type === 'Choice' && state.Default === undefined;
  if (gestures === undefined || !(ends || leadsNowhere)) return null;
  return (
    <button
      type="button"
      className="add-after nodrag"
      aria-label={`Add a state after ${name}`}
      onClick={(event) => gestures.pick({ at: 'after', state: id }, below(event.currentTarget))}
    >
      <Plus aria-hidden />
    </button>
  );
}
