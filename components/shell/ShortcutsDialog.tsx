'use client';

import { cn } from '@/components/ui/cn';
import { Dialog } from '@/components/ui/Dialog';
import { Kbd } from '@/components/ui/Kbd';
import { openShortcuts, usePalette } from './palette';

interface Key {
  readonly label: string;
  readonly keys: string;
}

const everywhere: readonly Key[] = [
  { label: 'Search and commands', keys: 'Ctrl K' },
  { label: 'Search this list', keys: '/' },
  { label: 'Go to flows', keys: 'G F' },
  { label: 'Go to executions', keys: 'G E' },
  { label: 'Go to templates', keys: 'G T' },
  { label: 'This list of keys', keys: '?' },
];

const lists: readonly Key[] = [
  { label: 'Next row', keys: 'J' },
  { label: 'Row before', keys: 'K' },
  { label: 'Open', keys: 'Enter' },
];

/** Every key that does something, those of the page that is shown among them. */
export function ShortcutsDialog() {
  const open = usePalette((state) => state.shortcuts);
  const pageActions = usePalette((state) => state.pageActions);
  const here = pageActions.flatMap(({ label, shortcut }) =>
    shortcut === undefined ? [] : [{ label, keys: shortcut }],
  );
  return (
    <Dialog
      open={open}
      onOpenChange={openShortcuts}
      title="Keyboard shortcuts"
      size={here.length > 0 ? 'lg' : 'md'}
    >
      <div className={cn('grid gap-x-10 gap-y-5', here.length > 0 && 'sm:grid-cols-2')}>
        <div className="flex flex-col gap-5">
          <Keys title="Everywhere" keys={everywhere} />
          <Keys title="Lists" keys={lists} />
        </div>
        {here.length > 0 && <Keys title="On this page" keys={here} />}
      </div>
    </Dialog>
  );
}

function Keys({ title, keys }: { readonly title: string; readonly keys: readonly Key[] }) {
  return (
    <section aria-label={title}>
      <h3 className="mb-1 font-medium text-faint text-xs">{title}</h3>
      <dl>
        {keys.map(({ label, keys: pressed }) => (
          <div key={label} className="flex h-7 items-center justify-between gap-4">
            <dt className="truncate">{label}</dt>
            <dd>
              <Kbd keys={pressed} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
