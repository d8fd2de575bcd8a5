import { UnfoldVertical } from 'lucide-react';
import { type Ref, useImperativeHandle, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { cn } from '@/components/ui/cn';
import type { ComparedLine } from '@/lib/editor/line-difference';
import { type Marked, marksOf, type Stretch, stretchesOf } from './folds';

export interface ComparedHandle {
  /** Brings a line of one of the texts into view. */
  reveal(place: { readonly side: 'before' | 'after'; readonly line: number }): void;
}

interface ComparedTextProps {
  readonly lines: readonly ComparedLine[];
  readonly ref?: Ref<ComparedHandle>;
}

/** Two texts in one: what went (−), what came (+), and what stayed, of which most is folded away. */
export function ComparedText({ lines, ref }: ComparedTextProps) {
  const stretches = useMemo(() => stretchesOf(lines), [lines]);
  const marks = useMemo(() => marksOf(lines), [lines]);
  const [unfolded, setUnfolded] = useState<ReadonlySet<Stretch>>(new Set());
  const table = useRef<HTMLTableElement>(null);
  const unfold = (stretch: Stretch) => setUnfolded((before) => new Set([...before, stretch]));
  useImperativeHandle(ref, () => ({
    reveal: ({ side, line }) => {
      const isIt = (one: ComparedLine) => numbersOf(one)[side] === line;
      const stretch = stretches.find((each) => each.lines.some(isIt));
      // The line has to be in the page before it can be scrolled to.
      if (stretch?.isFolded === true) flushSync(() => unfold(stretch));
      table.current?.querySelector(`[data-${side}="${line}"]`)?.scrollIntoView({ block: 'center' });
    },
  }));
  return (
    <div className="min-w-0 flex-1 overflow-x-auto">
      <table
        ref={table}
        aria-label="Changes line by line"
        className="w-full border-collapse font-mono text-xs leading-5"
      >
        <thead className="sr-only">
          <tr>
            <th scope="col">Line before</th>
            <th scope="col">Line after</th>
            <th scope="col">Change</th>
            <th scope="col">Text</th>
          </tr>
        </thead>
        {stretches.map((stretch) => (
          <tbody key={keyOf(stretch)}>
            {stretch.isFolded && !unfolded.has(stretch) ? (
              <tr>
                <td colSpan={4} className="p-0">
                  <button
                    type="button"
                    onClick={() => unfold(stretch)}
                    className="flex h-7 w-full items-center gap-2 bg-sunken px-4 font-sans text-muted text-xs outline-offset-[-2px] hover:text-foreground"
                  >
                    <UnfoldVertical aria-hidden className="size-3.5" />
                    Show {stretch.lines.length.toLocaleString('en')} unchanged lines
                  </button>
                </td>
              </tr>
            ) : (
              stretch.lines.map((line) => <Row key={rowKey(line)} line={line} mark={marks.get(line)} />)
            )}
          </tbody>
        ))}
      </table>
    </div>
  );
}

function rowKey(line: ComparedLine): string {
  const { before, after } = numbersOf(line);
  return `${before ?? ''} ${after ?? ''}`;
}

function keyOf({ lines: [first] }: Stretch): string {
  return first === undefined ? '' : rowKey(first);
}

function numbersOf(line: ComparedLine): { readonly before?: number; readonly after?: number } {
  if (line.kind === 'removed') return { before: line.before };
  return line.kind === 'added' ? { after: line.after } : { before: line.before, after: line.after };
}

const grounds: { readonly [Kind in ComparedLine['kind']]: string } = {
  same: '',
  removed: 'bg-status-failed-soft',
  added: 'bg-status-succeeded-soft',
};

function Row({ line, mark }: { readonly line: ComparedLine; readonly mark: Marked | undefined }) {
  const { before, after } = numbersOf(line);
  return (
    <tr className={grounds[line.kind]} data-before={before} data-after={after}>
      <LineNumber value={before} />
      <LineNumber value={after} />
      <td className="w-6 select-none text-center align-top">
        {line.kind === 'removed' && (
          <>
            <span aria-hidden className="text-status-failed">
              −
            </span>
            <span className="sr-only">removed</span>
          </>
        )}
        {line.kind === 'added' && (
          <>
            <span aria-hidden className="text-status-succeeded">
              +
            </span>
            <span className="sr-only">added</span>
          </>
        )}
      </td>
      <td className="whitespace-pre-wrap break-words py-0 pr-4 align-top">
        <Words line={line} mark={mark} />
      </td>
    </tr>
  );
}

function LineNumber({ value }: { readonly value: number | undefined }) {
  return (
    <td className="tabular w-10 min-w-10 select-none pl-2 text-right align-top text-faint">{value ?? ''}</td>
  );
}

function Words({
  line: { kind, text },
  mark,
}: {
  readonly line: ComparedLine;
  readonly mark: Marked | undefined;
}) {
  if (mark === undefined || mark.from >= mark.to) return text;
  return (
    <>
      {text.slice(0, mark.from)}
      <span
        className={cn('rounded-[2px]', kind === 'removed' ? 'bg-status-failed/20' : 'bg-status-succeeded/20')}
      >
        {text.slice(mark.from, mark.to)}
      </span>
      {text.slice(mark.to)}
    </>
  );
}
