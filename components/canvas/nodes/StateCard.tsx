import type { NodeProps } from '@xyflow/react';
import { ChevronRight, CircleAlert, TriangleAlert } from 'lucide-react';
import { memo } from 'react';
import { cn } from '@/components/ui/cn';
import { lastOf } from '@/lib/editor/pointer';
import { summaryOf } from '@/lib/editor/summary';
import { toggleFold, useCanvas, useCanvasStore } from '../canvas-store';
import { faceOf } from '../kind-face';
import type { Overlay } from '../overlay';
import { AddAfter } from './AddAfter';
import { Handles } from './Handles';

/** One state: its icon, name, a line of what it does, and its status at the right. */
export const StateCard = memo(function StateCard({ id }: NodeProps) {
  const state = useCanvas(({ scene }) => scene.graph.states.get(id)?.state);
  const isFolded = useCanvas(({ folded }) => folded.has(id));
  const isTarget = useCanvas(({ drop }) => drop?.at === 'after' && drop.state === id);
  const overlay = useCanvas((canvas) => canvas.overlay);
  const store = useCanvasStore();
  if (state === undefined) return null;
  const { icon: Icon } = faceOf(state);
  const name = lastOf(id);
  return (
    <Ground id={id} name={name} overlay={overlay} className={cn('card', isTarget && 'is-target')}>
      {isFolded ? (
        <button
          type="button"
          className="card-fold nodrag"
          aria-label={`Unfold ${name}`}
          onClick={() => toggleFold(store, id)}
        >
          <ChevronRight aria-hidden />
        </button>
      ) : (
        <Icon className="card-icon" data-kind={state.Type} aria-hidden />
      )}
      <span className="card-name">{name}</span>
      <span className="card-line">{summaryOf(state)}</span>
      <Aside id={id} name={name} overlay={overlay} />
      <Handles name={name} state={state} />
      <AddAfter id={id} name={name} state={state} />
    </Ground>
  );
});

interface GroundProps {
  readonly id: string;
  readonly name: string;
  readonly overlay: Overlay | undefined;
  readonly className: string;
  readonly children: React.ReactNode;
}

/** The card itself, in the colours that an execution gives it. */
export function Ground({ id, name, overlay, className, children }: GroundProps) {
  if (overlay?.useLook === undefined) return <div className={className}>{children}</div>;
  return (
    <ColouredGround id={id} name={name} useLook={overlay.useLook} className={className}>
      {children}
    </ColouredGround>
  );
}

function ColouredGround({
  id,
  name,
  useLook,
  className,
  children,
}: Omit<GroundProps, 'overlay'> & { readonly useLook: NonNullable<Overlay['useLook']> }) {
  return <div className={cn(className, useLook(id, name))}>{children}</div>;
}

/** What stands at the fixed place: the status in an execution, a problem's mark in the designer. */
export function Aside({ id, name, overlay }: Pick<GroundProps, 'id' | 'name' | 'overlay'>) {
  const mark = useCanvas(({ marks }) => marks.get(id));
  if (overlay !== undefined)
    return (
      <span className="card-aside">
        <overlay.Status pointer={id} name={name} />
      </span>
    );
  if (mark === undefined) return null;
  const Sign = mark === 'error' ? CircleAlert : TriangleAlert;
  return (
    <Sign
      className="card-mark"
      data-mark={mark}
      role="img"
      aria-label={mark === 'error' ? 'Has problems' : 'Has warnings'}
    />
  );
}
