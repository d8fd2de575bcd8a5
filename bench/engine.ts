import { execFile } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { type Figure, figureOf, quantile } from './engine/figure';
import { openPeers, type Peer } from './engine/peers';
import { type Workload, workloads } from './engine/workloads';

interface Options {
  /** Keys; all where it is absent. */
  readonly only?: readonly string[];
  readonly peers?: boolean;
  readonly runs?: number;
}

/** Medians of `runs` runs of each workload, on an embedded PostgreSQL; progress and ratios go to stderr. */
export async function run({ only, peers = false, runs = 3 }: Options): Promise<Record<string, Figure>> {
  const known = workloads.map(({ key }) => key);
  const unknown = only?.filter((key) => !known.includes(key)) ?? [];
  if (unknown.length > 0) throw new Error(`there is no workload ${unknown.join(', ')}: ${known.join(', ')}`);
  const figures: Record<string, Figure> = {};
  for (const workload of workloads)
    if (only === undefined || only.includes(workload.key))
      figures[workload.key] = await beside(workload, peers, runs);
  return figures;
}

const durable = ['Restate', 'DBOS'];

/** Each workload has the peers to itself, with nothing stored in them yet. */
async function beside(workload: Workload, withPeers: boolean, runs: number): Promise<Figure> {
  if (!withPeers || !workload.peer) return measure(workload, [], runs);
  const { peers, close } = await openPeers(workload.peers ?? durable);
  try {
    return await measure(workload, peers, runs);
  } finally {
    await close();
  }
}

/** In each round ours and theirs in another order, so that nobody has the quiet moments for himself; the other peers stand still. */
async function measure(workload: Workload, peers: readonly Peer[], runs: number): Promise<Figure> {
  const { key, unit, better, durability = 'strict', peer: onPeer } = workload;
  const session = await workload.open();
  try {
    const ours: number[] = [];
    const theirs = new Map<Peer, number[]>();
    for (const peer of peers) peer.pause();
    for (let round = 0; round < runs; round += 1) {
      const turns = [async () => void ours.push(await session.measure())];
      for (const peer of peers)
        turns.push(async () => {
          await peer.resume();
          theirs.set(peer, [...(theirs.get(peer) ?? []), (await onPeer?.(peer)) ?? Number.NaN]);
          peer.pause();
        });
      for (const turn of rotated(turns, round)) {
        if (peers.length > 0) await settled();
        await turn();
      }
    }
    console.error(`${key}: ${ours.map(figureOf).join(', ')} ${unit}`);
    const figure: Figure = { unit, better, ours: figureOf(quantile(ours, 0.5)), durability };
    return { ...figure, ...(await session.beside?.(runs)), ...compared(figure, theirs) };
  } finally {
    await session.close();
  }
}

/** What one engine has left to be written is on the disk, and does not delay the next one. */
async function settled(): Promise<void> {
  await promisify(execFile)('sync');
  await pause(1_000);
}

function rotated<Item>(items: readonly Item[], by: number): readonly Item[] {
  const at = by % items.length;
  return [...items.slice(at), ...items.slice(0, at)];
}

/** Each peer's better form, and the ratio to it on stderr. */
function compared(
  { better, ours }: Figure,
  theirs: ReadonlyMap<Peer, readonly number[]>,
): Pick<Figure, 'peers'> {
  if (theirs.size === 0) return {};
  const best: Record<string, number> = {};
  for (const [{ name, form }, values] of theirs) {
    const value = figureOf(quantile(values, 0.5));
    console.error(`  ${name} (${form}): ${values.map(figureOf).join(', ')}`);
    const known = best[name];
    const isBetter = known === undefined || (better === 'higher' ? value > known : value < known);
    if (isBetter) best[name] = value;
  }
  for (const [name, value] of Object.entries(best))
    console.error(
      `  ${figureOf(better === 'higher' ? ours / value : value / ours)} times as good as ${name}`,
    );
  return { peers: best };
}
