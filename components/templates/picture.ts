import type { Definition, Machine, State } from '@/lib/flow/model';

/** A small drawing of a flow: boxes for states, frames for Parallel and Map, lines between them. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Box[];
  readonly lines: readonly Line[];
}

export interface Box {
  readonly key: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly name: string;
  readonly type: State['Type'];
  /** A Parallel or Map, drawn around what is inside of it. */
  readonly isFrame: boolean;
}

export interface Line {
  readonly key: string;
  readonly from: { readonly x: number; readonly y: number };
  readonly to: { readonly x: number; readonly y: number };
  /** The way of a failure. */
  readonly isCatch: boolean;
}

const size = { width: 92, height: 22, gapX: 14, gapY: 18, pad: 10 } as const;

/** Lays a definition out row by row, as far below the start as each state is. */
export function pictureOf(definition: Definition): Picture {
  return machinePicture(definition, '');
}

function machinePicture(machine: Machine, path: string): Picture {
  const drawn = new Map(
    Object.entries(machine.States).map(([name, state]) => [
      name,
      statePicture(state, name, `${path}/${name}`),
    ]),
  );
  const rows = rowsOf(machine);
  const width = Math.max(0, ...rows.map((row) => rowWidth(row, drawn)));
  const boxes: Box[] = [];
  const lines: Line[] = [];
  const middles = new Map<string, { x: number; top: number; bottom: number }>();
  let y = 0;
  for (const row of rows) {
    let x = (width - rowWidth(row, drawn)) / 2;
    let tallest = 0;
    for (const name of row) {
      const picture = drawn.get(name);
      if (picture === undefined) continue;
      boxes.push(...picture.boxes.map((box) => ({ ...box, x: box.x + x, y: box.y + y })));
      lines.push(
        ...picture.lines.map((line) => ({ ...line, from: shift(line.from, x, y), to: shift(line.to, x, y) })),
      );
      middles.set(name, { x: x + picture.width / 2, top: y, bottom: y + picture.height });
      x += picture.width + size.gapX;
      tallest = Math.max(tallest, picture.height);
    }
    y += tallest + size.gapY;
  }
  for (const [name, state] of Object.entries(machine.States))
    lines.push(...linesFrom(name, state, middles, path));
  return { width, height: Math.max(0, y - size.gapY), boxes, lines };
}

function statePicture(state: State, name: string, key: string): Picture {
  const inner = machinesIn(state).map((machine, index) => machinePicture(machine, `${key}/${index}`));
  if (inner.length === 0) {
    const { width, height } = size;
    return {
      width,
      height,
      lines: [],
      boxes: [{ key, x: 0, y: 0, width, height, name, type: state.Type, isFrame: false }],
    };
  }
  const width = inner.reduce((sum, each) => sum + each.width + size.gapX, size.pad * 2 - size.gapX);
  const height = Math.max(...inner.map((each) => each.height)) + size.pad * 2 + 10;
  const boxes: Box[] = [{ key, x: 0, y: 0, width, height, name, type: state.Type, isFrame: true }];
  const lines: Line[] = [];
  let x: number = size.pad;
  for (const each of inner) {
    const y = size.pad + 10;
    boxes.push(...each.boxes.map((box) => ({ ...box, x: box.x + x, y: box.y + y })));
    lines.push(
      ...each.lines.map((line) => ({ ...line, from: shift(line.from, x, y), to: shift(line.to, x, y) })),
    );
    x += each.width + size.gapX;
  }
  return { width, height, boxes, lines };
}

function machinesIn(state: State): readonly Machine[] {
  if (state.Type === 'Parallel') return state.Branches;
  const body = state.Type === 'Map' ? (state.ItemProcessor ?? state.Iterator) : undefined;
  return body === undefined ? [] : [body];
}

/** States by their distance from the start; those that nothing leads to stand in the last row. */
function rowsOf(machine: Machine): readonly (readonly string[])[] {
  const depth = new Map<string, number>();
  const visit = (name: string, at: number, way: ReadonlySet<string>) => {
    const state = machine.States[name];
    if (state === undefined || way.has(name) || (depth.get(name) ?? -1) >= at) return;
    depth.set(name, at);
    for (const { to } of targetsOf(state)) visit(to, at + 1, new Set([...way, name]));
  };
  visit(machine.StartAt, 0, new Set());
  const last = Math.max(0, ...depth.values());
  const rows: string[][] = Array.from({ length: last + 1 }, () => []);
  for (const name of Object.keys(machine.States)) rows[depth.get(name) ?? last]?.push(name);
  return rows;
}

function targetsOf(state: State): readonly { readonly to: string; readonly isCatch: boolean }[] {
  const targets: { to: string; isCatch: boolean }[] = [];
  if (state.Type === 'Choice') {
    for (const { Next } of state.Choices) targets.push({ to: Next, isCatch: false });
    if (state.Default !== undefined) targets.push({ to: state.Default, isCatch: false });
  }
  if ('Next' in state && typeof state.Next === 'string') targets.push({ to: state.Next, isCatch: false });
  if ('Catch' in state && Array.isArray(state.Catch))
    for (const { Next } of state.Catch) targets.push({ to: Next, isCatch: true });
  return targets;
}

function linesFrom(
  name: string,
  state: State,
  middles: ReadonlyMap<string, { x: number; top: number; bottom: number }>,
  path: string,
): readonly Line[] {
  const from = middles.get(name);
  if (from === undefined) return [];
  return targetsOf(state).flatMap(({ to, isCatch }, index) => {
    const target = middles.get(to);
    if (target === undefined) return [];
    const key = `${path}/${name} ${index}`;
    return [{ key, isCatch, from: { x: from.x, y: from.bottom }, to: { x: target.x, y: target.top } }];
  });
}

function rowWidth(row: readonly string[], drawn: ReadonlyMap<string, Picture>): number {
  return row.reduce((sum, name) => sum + (drawn.get(name)?.width ?? 0) + size.gapX, -size.gapX);
}

function shift(point: { readonly x: number; readonly y: number }, x: number, y: number) {
  return { x: point.x + x, y: point.y + y };
}
