import type { NodeProps } from '@xyflow/react';
import { Plus } from 'lucide-react';
import { memo } from 'react';
import { cn } from '@/components/ui/cn';
import { lastOf } from '@/lib/editor/pointer';
import { useCanvas } from '../canvas-store';
import { below } from './below';

/** A branch of a Parallel, or the body of a Map: the ground on which its states stand. */
export const Lane = memo(function Lane({ id }: NodeProps) {
  const machine = useCanvas(({ scene }) => scene.graph.machines.get(id));
  const isTarget = useCanvas(({ drop }) => drop?.at === 'machine' && drop.machine === id);
  const gestures = useCanvas((canvas) => canvas.gestures);
  if (machine === undefined) return null;
  const isEmpty = machine.states.length === 0;
  const inside = `${machine.title === '' ? '' : `${machine.title} of `}${lastOf(machine.owner ?? '')}`;
  return (
    <div
      className={cn(
        'lane',
        isTarget && 'is-target',
        machine.title === '' && 'is-body',
        isEmpty && 'is-empty',
      )}
    >
      {machine.title !== '' && <span className="lane-title">{machine.title}</span>}
      {isEmpty && gestures === undefined && <span className="lane-hint">Nothing in here</span>}
      {isEmpty && gestures !== undefined && (
        <button
          type="button"
          className="lane-add nodrag"
          aria-label={`Add a state to ${inside}`}
          onClick={(event) => gestures.pick({ at: 'machine', machine: id }, below(event.currentTarget))}
        >
          <Plus aria-hidden />
          Drop a state here
        </button>
      )}
    </div>
  );
});
