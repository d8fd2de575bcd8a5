import { useMemo } from 'react';
import { cn } from '@/components/ui/cn';
import type { Definition } from '@/lib/flow/model';
import { type Box, type Line, pictureOf } from './picture';

/** What a flow looks like, small; screen readers have the words beside it. */
export function FlowPicture({ definition }: { readonly definition: Definition }) {
  const picture = useMemo(() => pictureOf(definition), [definition]);
  const [width, height] = [picture.width + 8, picture.height + 8];
  // A tall flow shows its beginning, at a size at which it can be read, and fades out.
  const isTall = height > 190;
  return (
    <svg
      aria-hidden="true"
      viewBox={`-4 -4 ${width} ${height}`}
      style={{ width }}
      className={cn(
        'max-w-full shrink-0',
        isTall ? 'self-start [mask-image:linear-gradient(black_100px,transparent_168px)]' : 'max-h-full',
      )}
    >
      {picture.boxes.map((box) => (
        <State key={box.key} box={box} />
      ))}
      {picture.lines.map((line) => (
        <Way key={line.key} line={line} />
      ))}
    </svg>
  );
}

function State({ box: { x, y, width, height, name, isFrame } }: { readonly box: Box }) {
  return (
    <>
      <rect
        {...{ x, y, width, height }}
        rx={4}
        className={isFrame ? 'fill-foreground/3 stroke-border-strong' : 'fill-surface stroke-border-strong'}
      />
      <text
        x={isFrame ? x + 7 : x + width / 2}
        y={isFrame ? y + 12 : y + height / 2 + 3}
        textAnchor={isFrame ? 'start' : 'middle'}
        fontSize={8}
        className={isFrame ? 'fill-faint' : 'fill-foreground'}
      >
        {name.length > 20 ? `${name.slice(0, 19)}…` : name}
      </text>
    </>
  );
}

function Way({ line: { from, to, isCatch } }: { readonly line: Line }) {
  const bend = (to.y - from.y) / 2;
  return (
    <path
      d={`M${from.x} ${from.y} C${from.x} ${from.y + bend} ${to.x} ${to.y - bend} ${to.x} ${to.y}`}
      fill="none"
      strokeWidth={1}
      strokeDasharray={isCatch ? '3 2' : undefined}
      className={isCatch ? 'stroke-status-failed/60' : 'stroke-faint/70'}
    />
  );
}
