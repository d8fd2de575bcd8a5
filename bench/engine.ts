import { setTimeout as pause } from 'node:timers/promises';
import { type Figure, figureOf, quantile } from './engine/figure';
import { Measured } from './engine/measured';
import { openPeers, type Peer } from './engine/peers';
import { measureServer, serverKeys } from './engine/served';
import { type Workload, workloads } from './engine/workloads';

interface Options {
  /** Keys; all where it is absent. */
  readonly only?: readonly string[];
  readonly peers?: boolean;
  readonly runs?: number;
}

/** Medians of `runs` runs of each workload, on an embedded PostgreSQL; progress and ratios go to stderr. */
export async function run({ only, peers = false, runs = 3 }: Options): Promise<Record<string, Figure>> {
  const known = [...workloads.map(({ key }) => key), ...serverKeys];
  const unknown = only?.filter((key) => !known.includes(key)) ?? [];
  if (unknown.length > 0) throw new Error(`there is no workload ${unknown.join(', ')}: ${known.join(', ')}`);
  const wanted = (key: string) => only === undefined || only.includes(key);
  const others = peers ? await openPeers() : { peers: [], close: async () => {} };
  const figures: Record<string, Figure> = {};
  try {
    for (const workload of workloads)
      if (wanted(workload.key)) figures[workload.key] = await measure(workload, others.peers, runs);
  } finally {
    await others.close();
  }
  return { ...figures, ...(await measureServer(serverKeys.filter(wanted), runs)) };
}

const durable = ['Restate', 'DBOS'];

/** What each process does before anything is measured in it: what it runs is compiled by then. */
const warmUp = { count: 3_000, inFlight: 200 };

/** In each round ours and theirs in another order, so that nobody has the quiet moments for himself. */
async function measure(workload: Workload, peers: readonly Peer[], runs: number): Promise<Figure> {
  const { key, unit, better, durability = 'strict', peer: onPeer, peers: like = durable } = workload;
  const engine = await Measured.open();
  try {
    await engine.start();
    if (durability === 'ends') await engine.ask({ work: 'express', share: 0.1, ...warmUp });
    else await engine.ask({ work: 'flows', ...warmUp });
    const ours: number[] = [];
    const theirs = new Map<Peer, number[]>();
    const fsyncs = await fsyncsSoFar(engine);
    for (let round = 0; round < runs; round += 1) {
      const turns = [async () => void ours.push(await workload.measure(engine))];
      for (const peer of onPeer ? peers.filter(({ name }) => like.includes(name)) : [])
        turns.push(async () => {
          theirs.set(peer, [...(theirs.get(peer) ?? []), (await onPeer?.(peer)) ?? Number.NaN]);
        });
      for (const turn of rotated(turns, round)) await turn();
    }
    console.error(`${key}: ${ours.map(figureOf).join(', ')} ${unit}`);
    const figure: Figure = { unit, better, ours: figureOf(quantile(ours, 0.5)), durability };
    const strict = key === 'W2' ? await strictly(engine, fsyncs, runs) : {};
    return { ...figure, ...strict, ...compared(figure, theirs) };
  } finally {
    await engine.close();
  }
}

/** W2 runs 200 flows of ten steps a round, one at a time: no commit can hold two steps. */
async function strictly(engine: Measured, before: number, runs: number) {
  const fsyncsPerStep = figureOf(((await fsyncsSoFar(engine)) - before) / (200 * 10 * runs));
  const elevenCommitsMs = figureOf(11 * quantile(await engine.bareCommits(), 0.5));
  console.error(`  eleven commits of one row take ${elevenCommitsMs} ms in PostgreSQL alone`);
  return { fsyncsPerStep, elevenCommitsMs };
}

/** PostgreSQL tells what a connection has done when it works again after a second of quiet: one flow more sees to that. */
async function fsyncsSoFar(engine: Measured): Promise<number> {
  await pause(1_100);
  await engine.ask({ work: 'flows', count: 1, inFlight: 1 });
  return engine.fsyncs();
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
