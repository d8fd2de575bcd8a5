import type { ELK, ElkExtendedEdge, ElkNode } from 'elkjs';
import Elk from 'elkjs/lib/elk-api';
import { inRows } from '@/lib/editor/rows';
import type { Placement, Shape } from '@/lib/editor/shape';
import { columnGap, rowGap } from '@/lib/editor/size';
import { rememberedPlacements, rememberPlacements } from './layout-memory';

/** The automatic layout: elkjs in a worker of its own, so that a large flow never holds up the page. */
let elk: ELK | undefined;
const known = new Map<string, Placement>();
let isRecalled = false;

/** Above this many boxes in one machine the worker takes seconds; rows take a few milliseconds. */
const large = 150;

/** The placement of a shape that was laid out before, or that is laid out at once; undefined otherwise. */
export function placementOf(shape: Shape): Placement | undefined {
  recall();
  const key = keyOf(shape);
  const placement = known.get(key);
  if (placement !== undefined || shape.states.length <= large) return placement;
  return keep(key, inRows(shape));
}

/** The placement to show while the worker has not answered. */
export function placementForNow(shape: Shape): Placement {
  return placementOf(shape) ?? inRows(shape);
}

/** What was laid out on earlier visits; asked for once, and only in a browser. */
function recall() {
  if (isRecalled || typeof localStorage === 'undefined') return;
  isRecalled = true;
  for (const [key, placement] of rememberedPlacements()) known.set(key, placement);
}

/** Lays shapes out without the worker, where that cannot be had. */
export function layOutInRows(shapes: readonly Shape[]) {
  for (const shape of shapes) keep(keyOf(shape), inRows(shape));
}

function keep(key: string, placement: Placement): Placement {
  if (known.size > 500) known.clear();
  known.set(key, placement);
  return placement;
}

/** Lays out shapes that are not known yet. Rejects where the worker cannot be loaded. */
export async function layOut(shapes: readonly Shape[]): Promise<void> {
  const engine = worker();
  await Promise.all(
    shapes.map(async (shape) => {
      keep(keyOf(shape), placementFrom(await engine.layout(elkGraphOf(shape))));
    }),
  );
  rememberPlacements(known);
}

/** Starts the worker, which takes its time to load, while the flow is still on its way. */
export function warmUp() {
  worker();
}

function worker(): ELK {
  elk ??= new Elk({
    workerFactory: () => new Worker(new URL('elkjs/lib/elk-worker.min.js', import.meta.url)),
  });
  return elk;
}

function keyOf(shape: Shape): string {
  return JSON.stringify(shape);
}

const options = {
  'elk.algorithm': 'layered',
  'elk.direction': 'DOWN',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.padding': '[top=0,left=0,bottom=0,right=0]',
  'elk.spacing.nodeNode': String(columnGap),
  'elk.spacing.edgeNode': '24',
  'elk.spacing.edgeEdge': '16',
  'elk.spacing.componentComponent': String(columnGap),
  'elk.layered.spacing.nodeNodeBetweenLayers': String(rowGap),
  'elk.layered.spacing.edgeNodeBetweenLayers': '20',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  'elk.layered.cycleBreaking.strategy': 'DEPTH_FIRST',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.layered.nodePlacement.networkSimplex.nodeFlexibility.default': 'NONE',
};

/** The usual way runs straight down, where it can. */
const straight = { 'elk.layered.priority.straightness': '10', 'elk.layered.priority.direction': '10' };
/** Labels stand on their arrows. */
const inline = { 'elk.edgeLabels.inline': 'true' };

function elkGraphOf({ starts, states, edges }: Shape): ElkNode {
  const children = [...starts, ...states].map(({ id, width, height }) => ({
    id,
    width,
    height,
    layoutOptions: { 'elk.portConstraints': 'FIXED_POS' },
    ports: [
      port(id, 'in', width / 2, 0, 'NORTH'),
      port(id, 'main', width / 2, height, 'SOUTH'),
      port(id, 'side', width, height / 2, 'EAST'),
    ],
  }));
  const arrows = edges.map(({ id, source, target, exit, label }) => ({
    id,
    sources: [`${source} ${exit}`],
    targets: [`${target} in`],
    layoutOptions: exit === 'main' ? straight : {},
    // elkjs leaves out labels that have no text.
    ...(label === undefined
      ? {}
      : { labels: [{ id: `${id} label`, text: 'label', ...label, layoutOptions: inline }] }),
  }));
  return { id: 'root', layoutOptions: options, children, edges: arrows };
}

function port(node: string, name: string, x: number, y: number, side: string) {
  return { id: `${node} ${name}`, x, y, width: 0, height: 0, layoutOptions: { 'elk.port.side': side } };
}

function placementFrom({ width = 0, height = 0, children = [], edges = [] }: ElkNode): Placement {
  const nodes = Object.fromEntries(children.map(({ id, x = 0, y = 0 }) => [id, { x, y }]));
  const ways = edges.flatMap((edge) => {
    const section = edge.sections?.[0];
    if (section === undefined) return [];
    return [[edge.id, [section.startPoint, ...(section.bendPoints ?? []), section.endPoint]] as const];
  });
  return {
    width,
    height,
    nodes,
    ways: Object.fromEntries(ways),
    labels: Object.fromEntries(edges.flatMap(labelOf)),
  };
}

function labelOf({ id, labels }: ElkExtendedEdge) {
  const label = labels?.[0];
  if (label?.x === undefined || label.y === undefined) return [];
  return [[id, { x: label.x + (label.width ?? 0) / 2, y: label.y + (label.height ?? 0) / 2 }] as const];
}
