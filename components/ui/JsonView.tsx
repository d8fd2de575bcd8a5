'use client';

import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { CopyButton } from './CopyButton';
import { cn } from './cn';

/** Anything that `JSON.parse` can give. */
type Value = unknown;

interface JsonViewProps {
  readonly value: Value;
  /** What it is, for the copy button: `Copy output`. */
  readonly copyLabel?: string;
  readonly className?: string;
}

/** How many children are shown at first, and how many more at each press. */
const PAGE = 100;
/** Strings longer than this show their beginning until they are asked for. */
const LONG = 400;
/** How many lines open by themselves: a value with more shows its first level only. */
const BUDGET = 32;

/**
 * A JSON value as a tree that opens by hand. Only what is open is in the page, long lists and long strings show their
 * beginning, so that a value of megabytes costs as little as a small one.
 */
export function JsonView({ value, copyLabel = 'Copy JSON', className }: JsonViewProps) {
  const depth = openDepth(value);
  return (
    <div className={cn('group/json relative font-mono text-xs leading-5', className)}>
      <CopyButton
        text={() => JSON.stringify(value, null, 2)}
        label={copyLabel}
        className="absolute top-0 right-0 z-10 bg-surface"
      />
      <div className="overflow-x-auto pr-8">
        <Node value={value} depth={depth} last />
      </div>
    </div>
  );
}

interface NodeProps {
  readonly name?: string;
  readonly value: Value;
  /** How many levels below this one are open at first. */
  readonly depth: number;
  readonly last: boolean;
}

function Node({ name, value, depth, last }: NodeProps) {
  if (typeof value === 'object' && value !== null) {
    return <Branch {...(name === undefined ? {} : { name })} value={value} depth={depth} last={last} />;
  }
  return (
    <div className="flex pl-4">
      <span className="min-w-0 whitespace-pre-wrap break-words">
        <Name name={name} />
        <Leaf value={value} />
        {!last && <span className="text-faint">,</span>}
      </span>
    </div>
  );
}

function Branch({ name, value, depth, last }: NodeProps & { readonly value: object }) {
  const [open, setOpen] = useState(depth > 0);
  const [shown, setShown] = useState(PAGE);
  const list = Array.isArray(value);
  const [opening, closing] = list ? ['[', ']'] : ['{', '}'];
  // Only looked at while open: the keys of a big object are not listed for a closed line.
  const keys = open ? Object.keys(value) : [];
  const children: Readonly<Record<string, Value>> = { ...(open && !list ? value : {}) };
  const size = list ? value.length : Object.keys(value).length;
  if (size === 0) {
    return (
      <div className="pl-4">
        <Name name={name} />
        <span className="text-faint">
          {opening}
          {closing}
          {!last && ','}
        </span>
      </div>
    );
  }
  return (
    <div>
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="flex max-w-full items-center rounded-sm text-left hover:bg-hover"
      >
        <ChevronRight aria-hidden className={cn('size-3 shrink-0 text-faint', open && 'rotate-90')} />
        <span className="truncate pl-1">
          <Name name={name} />
          <span className="text-faint">
            {opening}
            {!open && <Closed value={value} size={size} closing={closing} last={last} />}
          </span>
        </span>
      </button>
      {open && (
        <>
          <div className="ml-1.5 border-l pl-1.5">
            {keys.slice(0, shown).map((key, place) => (
              <Node
                key={key}
                {...(list ? {} : { name: key })}
                value={list ? value[place] : children[key]}
                depth={depth - 1}
                last={place === size - 1}
              />
            ))}
            {size > shown && (
              <button
                type="button"
                className="ml-4 rounded-sm text-accent-text hover:underline"
                onClick={() => setShown(shown + PAGE * 5)}
              >
                Show more ({(size - shown).toLocaleString('en')} left)
              </button>
            )}
          </div>
          <span className="pl-4 text-faint">
            {closing}
            {!last && ','}
          </span>
        </>
      )}
    </div>
  );
}

function Name({ name }: { readonly name: string | undefined }) {
  if (name === undefined) return null;
  return (
    <>
      <span className="text-syntax-key">{JSON.stringify(name)}</span>
      <span className="text-faint">: </span>
    </>
  );
}

interface ClosedProps {
  readonly value: object;
  readonly size: number;
  readonly closing: string | undefined;
  readonly last: boolean;
}

function Closed({ value, size, closing, last }: ClosedProps) {
  const inside = Array.isArray(value)
    ? `${size.toLocaleString('en')} ${size === 1 ? 'item' : 'items'}`
    : Object.keys(value).slice(0, 4).join(', ') + (size > 4 ? ', …' : '');
  return (
    <>
      {` ${inside} `}
      {closing}
      {!last && ','}
    </>
  );
}

function Leaf({ value }: { readonly value: Value }) {
  const [whole, setWhole] = useState(false);
  if (typeof value !== 'string') {
    const colour = typeof value === 'number' ? 'text-syntax-number' : 'text-syntax-keyword';
    return <span className={colour}>{String(value)}</span>;
  }
  if (whole || value.length <= LONG)
    return <span className="text-syntax-string">{JSON.stringify(value)}</span>;
  return (
    <>
      <span className="text-syntax-string">{JSON.stringify(value.slice(0, LONG)).slice(0, -1)}…</span>{' '}
      <button type="button" className="text-accent-text hover:underline" onClick={() => setWhole(true)}>
        Show all ({value.length.toLocaleString('en')} characters)
      </button>
    </>
  );
}

/** The deepest level that can be open at first without more than BUDGET lines. */
function openDepth(value: Value): number {
  let level: readonly Value[] = [value];
  let lines = 0;
  for (let depth = 0; depth < 6; depth += 1) {
    level = level.flatMap(children);
    lines += level.length;
    if (level.length === 0 || lines > BUDGET) return Math.max(1, depth);
  }
  return 6;
}

/** A value's children, at most as many as could be shown at first. */
function children(value: Value): readonly Value[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).slice(0, BUDGET + 1);
}
