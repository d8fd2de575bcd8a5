import type { NodeProps } from '@xyflow/react';
import { ChevronDown } from 'lucide-react';
import { memo } from 'react';
import { cn } from '@/components/ui/cn';
import { lastOf } from '@/lib/editor/pointer';
import { summaryOf } from '@/lib/editor/summary';
import { toggleFold, useCanvas, useCanvasStore } from '../canvas-store';
import { faceOf } from '../kind-face';
import { AddAfter } from './AddAfter';
import { Handles } from './Handles';
import { Aside, Ground } from './StateCard';

/** A Parallel or Map: a frame around its branches or body. */
export const ContainerFrame = memo(function ContainerFrame({ id }: NodeProps) {
  const state = useCanvas(({ scene }) => scene.graph.states.get(id)?.state);
  const isTarget = useCanvas(({ drop }) => drop?.at === 'after' && drop.state === id);
  const overlay = useCanvas((canvas) => canvas.overlay);
  const store = useCanvasStore();
  if (state === undefined) return null;
  const { icon: Icon } = faceOf(state);
  const name = lastOf(id);
  return (
    <Ground id={id} name={name} overlay={overlay} className={cn('frame', isTarget && 'is-target')}>
      <div className="frame-head">
        <Icon className="card-icon" data-kind={state.Type} aria-hidden />
        <span className="card-name">{name}</span>
        <span className="frame-line">{summaryOf(state)}</span>
        <Aside id={id} name={name} overlay={overlay} />
        <button
          type="button"
          className="card-fold nodrag"
          aria-label={`Fold ${name}`}
          onClick={() => toggleFold(store, id)}
        >
          <ChevronDown aria-hidden />
        </button>
      </div>
      <Handles name={name} state={state} />
      <AddAfter id={id} name={name} state={state} />
    </Ground>
  );
});
