import { BaseEdge, EdgeLabelRenderer, type EdgeProps } from '@xyflow/react';
import { Plus } from 'lucide-react';
import { memo } from 'react';
import { cn } from '@/components/ui/cn';
import type { Point } from '@/lib/editor/document';
import { middleOf, pathOf, type Way, wayBetween } from '@/lib/editor/route';
import { useCanvas } from './canvas-store';
import { below } from './nodes/below';
import type { Overlay } from './overlay';

/** A transition: its line, its words, and the button that puts a state onto it. */
export const Arrow = memo(function Arrow(props: EdgeProps) {
  const overlay = useCanvas((canvas) => canvas.overlay);
  if (overlay?.useTaken === undefined) return <Line {...props} isTaken={false} />;
  return <TakenLine {...props} useTaken={overlay.useTaken} />;
});

function TakenLine({
  useTaken,
  ...props
}: EdgeProps & { readonly useTaken: NonNullable<Overlay['useTaken']> }) {
  return <Line {...props} isTaken={useTaken(props.id)} />;
}

function Line({ isTaken, ...props }: EdgeProps & { readonly isTaken: boolean }) {
  const { id, markerEnd, selected = false } = props;
  const edge = useCanvas(({ scene }) => scene.graph.edges.get(id));
  const laidOut = useCanvas(({ scene }) => scene.arrangement.ways.get(id));
  const label = useCanvas(({ scene }) => scene.arrangement.labels.get(id));
  const isTarget = useCanvas(({ drop }) => drop?.at === 'edge' && drop.edge === id);
  const from = { x: props.sourceX, y: props.sourceY };
  const to = { x: props.targetX, y: props.targetY };
  const moved = laidOut && carried(laidOut, from, to);
  const way = moved ?? wayBetween(from, to, edge?.exit === 'side');
  // The layout keeps room for the label; a way that was led anew carries it in its middle.
  const by = shiftOf(laidOut, from);
  const middle =
    moved !== undefined && label !== undefined ? { x: label.x + by.x, y: label.y + by.y } : middleOf(way);
  return (
    <>
      <BaseEdge
        path={pathOf(way)}
        {...(markerEnd === undefined ? {} : { markerEnd })}
        interactionWidth={18}
        className={cn(
          'arrow',
          edge?.exit === 'side' && 'is-side',
          isTarget && 'is-target',
          isTaken && 'is-taken',
        )}
      />
      <Words id={id} at={middle} label={edge?.label ?? ''} isSelected={selected} isTarget={isTarget} />
    </>
  );
}

function shiftOf(way: Way | undefined, from: Point): Point {
  const start = way?.[0];
  return start === undefined ? { x: 0, y: 0 } : { x: from.x - start.x, y: from.y - start.y };
}

/** The way that the layout gave, carried along with both its ends; undefined where only one of them has moved. */
function carried(way: Way, from: Point, to: Point): Way | undefined {
  const by = shiftOf(way, from);
  const end = way.at(-1);
  if (end === undefined || Math.abs(end.x + by.x - to.x) > 1 || Math.abs(end.y + by.y - to.y) > 1)
    return undefined;
  return by.x === 0 && by.y === 0 ? way : way.map(({ x, y }) => ({ x: x + by.x, y: y + by.y }));
}

interface WordsProps {
  readonly id: string;
  readonly at: Point;
  readonly label: string;
  readonly isSelected: boolean;
  readonly isTarget: boolean;
}

function Words({ id, at, label, isSelected, isTarget }: WordsProps) {
  const gestures = useCanvas((canvas) => canvas.gestures);
  const between = useCanvas(({ scene: { graph } }) => {
    const edge = graph.edges.get(id);
    const from = graph.states.get(edge?.source ?? '')?.name;
    return `${from === undefined ? 'before' : `between ${from} and`} ${graph.states.get(edge?.target ?? '')?.name ?? ''}`;
  });
  if (gestures === undefined && label === '') return null;
  return (
    <EdgeLabelRenderer>
      <div
        className={cn('words', isSelected && 'is-selected', isTarget && 'is-target')}
        style={{ transform: `translate(-50%, -50%) translate(${at.x}px, ${at.y}px)` }}
      >
        {label !== '' && (
          <span className="words-label" title={label}>
            {label}
          </span>
        )}
        {gestures !== undefined && (
          <button
            type="button"
            className="words-add nodrag nopan"
            aria-label={`Insert a state ${between}`}
            onClick={(event) => gestures.pick({ at: 'edge', edge: id }, below(event.currentTarget))}
          >
            <Plus aria-hidden />
          </button>
        )}
      </div>
    </EdgeLabelRenderer>
  );
}
