import { PanelLeftClose, Search } from 'lucide-react';
import { type RefObject, useState } from 'react';
import type { CanvasHandle } from '@/components/canvas/Drawing';
import { IconButton } from '@/components/ui/IconButton';
import { Input } from '@/components/ui/Input';
import { DragGhost } from './DragGhost';
import { addAt, addHere } from './gestures';
import { found, type Item, itemsOf } from './kinds';
import { useBench } from './SessionContext';
import { useItemDrag } from './use-item-drag';

interface PaletteProps {
  readonly canvas: RefObject<CanvasHandle | null>;
  readonly onClose: () => void;
}

const groups = ['Tasks', 'Flow control'] as const;

/** Everything that can be put on the canvas: drag it there, or press it to add it after the selected state. */
export function Palette({ canvas, onClose }: PaletteProps) {
  const { session, kinds } = useBench();
  const [search, setSearch] = useState('');
  const drag = useItemDrag(canvas, (item, spot) => addAt(session, spot, item.kind));
  const items = found(itemsOf(kinds), search);
  return (
    <aside aria-label="Palette" className="flex h-full w-56 shrink-0 flex-col border-r bg-surface">
      <div className="flex items-center gap-1 p-2">
        <div className="relative flex-1">
          <Search className="pointer-events-none absolute top-2 left-2 size-4 text-faint" aria-hidden />
          <Input
            type="search"
            aria-label="Search states"
            placeholder="Search states"
            className="pl-8"
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
        </div>
        <IconButton size="sm" label="Hide the palette" onClick={onClose}>
          <PanelLeftClose aria-hidden />
        </IconButton>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-2 pb-3">
        {items.length === 0 && (
          <p className="px-2 py-6 text-center text-muted text-xs">Nothing is called “{search}”.</p>
        )}
        {groups.map((group) => (
          <PaletteGroup
            key={group}
            title={group}
            items={items.filter((item) => item.group === group)}
            onPress={(item) => addHere(session, item.kind)}
            grip={drag.grip}
          />
        ))}
      </div>
      {drag.held !== undefined && <DragGhost item={drag.held.item} at={drag.held.at} zoom={drag.held.zoom} />}
    </aside>
  );
}

interface PaletteGroupProps {
  readonly title: string;
  readonly items: readonly Item[];
  readonly onPress: (item: Item) => void;
  readonly grip: ReturnType<typeof useItemDrag>['grip'];
}

function PaletteGroup({ title, items, onPress, grip }: PaletteGroupProps) {
  if (items.length === 0) return null;
  return (
    <section aria-label={title} className="mt-2 first:mt-0">
      <h2 className="px-2 py-1 font-medium text-faint text-xs">{title}</h2>
      {items.map((item) => (
        <button
          key={item.id}
          type="button"
          aria-label={item.title}
          title={item.description}
          className="group flex w-full cursor-grab touch-none select-none items-center gap-2.5 rounded-md px-2 py-1.5 text-left hover:bg-hover active:cursor-grabbing"
          {...grip(item, () => onPress(item))}
        >
          <item.icon
            className="size-4 shrink-0 text-muted group-hover:text-foreground"
            strokeWidth={1.75}
            aria-hidden
          />
          <span className="min-w-0 flex-1">
            <span className="block truncate text-sm leading-5">{item.title}</span>
            <span className="block truncate text-faint text-xs">{item.description}</span>
          </span>
        </button>
      ))}
    </section>
  );
}
