import {
  Braces,
  CircleCheck,
  CircleX,
  Cog,
  Globe,
  Hourglass,
  Layers,
  type LucideIcon,
  MoveRight,
  Repeat,
  Split,
  Timer,
  Workflow,
} from 'lucide-react';
import type { State, StateType } from '@/lib/flow/model';

/** How a kind of state looks and what it is called, on cards, in the palette and in the inspector. */
export interface KindFace {
  readonly title: string;
  readonly icon: LucideIcon;
}

export const typeFaces: { readonly [Type in StateType]: KindFace } = {
  Task: { title: 'Task', icon: Cog },
  Choice: { title: 'Choice', icon: Split },
  Parallel: { title: 'Parallel', icon: Layers },
  Map: { title: 'Map', icon: Repeat },
  Wait: { title: 'Wait', icon: Timer },
  Pass: { title: 'Pass', icon: MoveRight },
  Succeed: { title: 'Succeed', icon: CircleCheck },
  Fail: { title: 'Fail', icon: CircleX },
};

/** Names of icons that task kinds may ask for; others get the cog. */
const icons: { readonly [name: string]: LucideIcon } = {
  globe: Globe,
  braces: Braces,
  code: Braces,
  'code-xml': Braces,
  'square-function': Braces,
  workflow: Workflow,
  hourglass: Hourglass,
};

const tasks: { readonly [resource: string]: KindFace } = {
  'millrace:http': { title: 'HTTP request', icon: Globe },
  'millrace:function': { title: 'JavaScript function', icon: Braces },
  'millrace:flow': { title: 'Start a flow', icon: Workflow },
  'millrace:callback': { title: 'Wait for a callback', icon: Hourglass },
};

export function faceOf(state: State): KindFace {
  if (state.Type !== 'Task') return typeFaces[state.Type];
  return tasks[state.Resource] ?? typeFaces.Task;
}

/** The icon that a task kind names. */
export function iconNamed(name: string): LucideIcon {
  return icons[name] ?? Cog;
}
