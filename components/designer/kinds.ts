import type { LucideIcon } from 'lucide-react';
import { iconNamed, typeFaces } from '@/components/canvas/kind-face';
import type { TaskKind } from '@/lib/api/resources';
import type { Kind } from '@/lib/editor/blank';

/** One thing of the palette: what it is called, what it does, and the state that it becomes. */
export interface Item {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly icon: LucideIcon;
  readonly group: 'Tasks' | 'Flow control';
  readonly kind: Kind;
}

const control: readonly Item[] = [
  plain('Choice', 'Goes on by the first rule that is true'),
  plain('Parallel', 'Runs branches at the same time'),
  plain('Map', 'Runs the same steps for each item of a list'),
  plain('Wait', 'Waits for a time, or until a moment'),
  plain('Pass', 'Reshapes data, sets variables'),
  plain('Succeed', 'Ends the flow well'),
  plain('Fail', 'Ends the flow with an error'),
];

function plain(type: Exclude<Kind['type'], 'Task'>, description: string): Item {
  const { title, icon } = typeFaces[type];
  return { id: type, title, description, icon, group: 'Flow control', kind: { type } };
}

/** Everything that can be put on the canvas. */
export function itemsOf(kinds: readonly TaskKind[]): readonly Item[] {
  const tasks = kinds
    .filter(({ isOffered }) => isOffered)
    .map(({ resource, title, description, icon, initial }): Item => {
      const kind: Kind = { type: 'Task', title, resource, parameters: initial };
      return { id: resource, title, description, icon: iconNamed(icon), group: 'Tasks', kind };
    });
  return [...tasks, ...control];
}

/** The items whose title or description has all the words of a search. */
export function found(items: readonly Item[], search: string): readonly Item[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return items.filter(({ title, description }) => {
    const text = `${title} ${description}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
