import { Ellipsis } from 'lucide-react';
import { Button } from '@/components/ui/Button';
import { DropdownMenu } from '@/components/ui/Menu';
import type { MenuItem } from '@/components/ui/menu-props';
import { actionNamed, type Place } from './actions';
import { useSession } from './SessionContext';

const groups = [
  ['add', 'connect', 'rename', 'duplicate', 'start', 'delete'],
  ['all', 'tidy', 'fit'],
  ['code', 'problems'],
  ['note', 'versions'],
] as const;

/** All that can be done with the selection and the view, with its keys. */
export function MoreMenu({ place }: { readonly place: () => Place }) {
  // Asked anew with each edit and selection, which is when the answers can change.
  useSession((state) => state.history);
  useSession((state) => state.selection);
  const items = groups.flatMap((group, index): MenuItem[] => [
    ...(index === 0 ? [] : ['separator' as const]),
    ...group.map((id) => itemOf(id, place)),
  ]);
  return (
    <DropdownMenu
      trigger={
        <Button variant="ghost" size="icon" aria-label="More actions">
          <Ellipsis aria-hidden />
        </Button>
      }
      items={items}
    />
  );
}

function itemOf(id: string, place: () => Place): MenuItem {
  const { label, keys, may, run } = actionNamed(id);
  return {
    label,
    ...(keys === undefined ? {} : { shortcut: keys }),
    ...(id === 'delete' ? { tone: 'danger' as const } : {}),
    disabled: !may(place().session),
    // The menu gives the focus back to its button first; what the action focuses must come after.
    onSelect: () => requestAnimationFrame(() => run(place())),
  };
}
