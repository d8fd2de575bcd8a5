import type { Monitor } from './monitor';

/** A row of the list of steps: how deep it stands, and whether its branches or iterations are listed below it. */
export interface Row {
  readonly step: number;
  readonly depth: number;
  /** `none` for a step that has nothing inside. */
  readonly inside: 'open' | 'folded' | 'none';
}

/** A container with more branches or iterations than this is folded until somebody opens it. */
const many = 40;

/** What somebody folded or opened by hand. */
export type Folds = ReadonlyMap<number, 'open' | 'folded'>;

/**
 * M11 The steps as a tree: each Parallel and Map is followed by what is inside of it, branch by branch, iteration by
 * iteration, each in the order in which it was entered. What is around the chosen step opens by itself.
 */
export function rowsOf(monitor: Monitor, folds: Folds, chosen?: number): readonly Row[] {
  const children = childrenOf(monitor);
  const around = ancestorsOf(monitor, chosen);
  const insideOf = (step: number): Row['inside'] => {
    if (!children.has(step)) return 'none';
    const isFew = (monitor.containers.get(step)?.length ?? 0) <= many;
    return folds.get(step) ?? (isFew || around.has(step) ? 'open' : 'folded');
  };
  const rows: Row[] = [];
  const put = (ids: readonly number[], depth: number) => {
    for (const step of ids) {
      const inside = insideOf(step);
      rows.push({ step, depth, inside });
      if (inside === 'open') put(children.get(step) ?? [], depth + 1);
    }
  };
  put(children.get(undefined) ?? [], 0);
  return rows;
}

function childrenOf(monitor: Monitor): ReadonlyMap<number | undefined, readonly number[]> {
  const children = new Map<number | undefined, number[]>();
  for (const id of monitor.order) {
    const parent = monitor.steps.get(id)?.parent;
    const siblings = children.get(parent);
    if (siblings === undefined) children.set(parent, [id]);
    else siblings.push(id);
  }
  const indexOf = (id: number) => monitor.steps.get(id)?.index ?? 0;
  for (const [parent, ids] of children)
    if (parent !== undefined) ids.sort((one, other) => indexOf(one) - indexOf(other) || one - other);
  return children;
}

function ancestorsOf(monitor: Monitor, step: number | undefined): ReadonlySet<number> {
  const around = new Set<number>();
  for (let id = step; id !== undefined; ) {
    id = monitor.steps.get(id)?.parent;
    if (id !== undefined) around.add(id);
  }
  return around;
}
