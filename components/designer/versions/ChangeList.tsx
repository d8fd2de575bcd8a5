import { Minus, Pencil, Plus, TextCursorInput } from 'lucide-react';
import type { ComponentType } from 'react';
import { cn } from '@/components/ui/cn';
import type { Change } from '@/lib/editor/changes';

interface ChangeListProps {
  readonly changes: readonly Change[];
  readonly onChoose: (change: Change) => void;
}

const signs: {
  readonly [Kind in Change['kind']]: {
    readonly icon: ComponentType<{ className?: string }>;
    readonly colour: string;
    readonly word: string;
  };
} = {
  added: { icon: Plus, colour: 'text-status-succeeded', word: 'added' },
  removed: { icon: Minus, colour: 'text-status-failed', word: 'removed' },
  renamed: { icon: TextCursorInput, colour: 'text-status-running', word: 'renamed' },
  changed: { icon: Pencil, colour: 'text-status-retrying', word: 'changed' },
};

/** The differences in words, a line for each state; a press leads to its place in the text. */
export function ChangeList({ changes, onChoose }: ChangeListProps) {
  if (changes.length === 0)
    return (
      <p className="border-b px-4 py-2 text-muted text-sm">
        The definition is the same. Only the text is written another way.
      </p>
    );
  return (
    <ul aria-label="Changed states" className="max-h-56 shrink-0 overflow-y-auto border-b py-1.5">
      {changes.map((change) => (
        <li key={`${change.kind} ${change.pointer}`}>
          <button
            type="button"
            onClick={() => onChoose(change)}
            className="flex min-h-7 w-full items-center gap-2 px-4 py-0.5 text-left outline-offset-[-2px] hover:bg-hover"
          >
            <Line change={change} />
          </button>
        </li>
      ))}
    </ul>
  );
}

function Line({ change: { kind, name, formerly, fields } }: { readonly change: Change }) {
  const { icon: Icon, colour, word } = signs[kind];
  return (
    <>
      <Icon aria-hidden className={cn('size-3.5 shrink-0', colour)} />
      <span className="min-w-0 truncate font-medium">{name === '' ? 'The flow' : name}</span>{' '}
      <span className="shrink-0 text-muted text-xs">
        {word}
        {formerly !== undefined && `, was ${formerly}`}
      </span>{' '}
      {fields.length > 0 && (
        <span className="min-w-0 truncate font-mono text-faint text-xs">{fields.join(', ')}</span>
      )}
    </>
  );
}
