import { setTimeout as pause } from 'node:timers/promises';
import { besideTheStore, engineAlone, expressAlone, strictly } from './engine-alone';
import { type Figure, figureOf, quantile } from './figure';
import { starts, startToFirstStep } from './first-step';
import type { Measured } from './measured';
import type { Peer } from './peers';
import type { Session } from './session';
import { warmStart } from './warm-start';

/** One figure of ours, and of other engines where their work has its like. */
export interface Workload {
  readonly key: string;
  readonly unit: string;
  readonly better: 'higher' | 'lower';
  /** `strict` where it is absent. */
  readonly durability?: Figure['durability'];
  readonly open: () => Promise<Session>;
  /** The same work on another engine. */
  readonly peer?: (peer: Peer) => Promise<number>;
  /** Engines whose work has its like here; those that record each step durably where it is absent. */
  readonly peers?: readonly string[];
}

const stepsPerFlow = 10;
/** So many begin to sleep first, and so many more are measured. */
const sleepers = { first: 10_000, more: 100_000, onPeer: 3_000 };
const due = { count: 1_000, inMs: 7_000 };

interface Closed {
  readonly count: number;
  readonly inFlight: number;
  /** Slower engines do as much as fits into the same seconds. */
  readonly peerCount: number;
}

function stepsPerSecond({ count, inFlight, peerCount }: Closed): Pick<Workload, 'open' | 'peer'> {
  return {
    open: engineAlone(
      async (engine) =>
        (count * stepsPerFlow * 1000) / (await engine.ask({ work: 'flows', count, inFlight })).ms,
      besideTheStore({ count, inFlight }),
    ),
    peer: async (peer) =>
      (peerCount * stepsPerFlow * 1000) / (await peer.ask('flows', { count: peerCount, inFlight })).ms,
  };
}

function mapOver(items: number): Pick<Workload, 'open' | 'peer'> {
  return {
    open: engineAlone(async (engine) => (await engine.ask({ work: 'map', items })).ms),
    peer: async (peer) => (await peer.ask('map', { items })).ms,
  };
}

export const workloads: readonly Workload[] = [
  {
    key: 'W1',
    unit: 'steps/s, 200 in flight',
    better: 'higher',
    ...stepsPerSecond({ count: 4_000, inFlight: 200, peerCount: 400 }),
  },
  {
    key: 'W1_50',
    unit: 'steps/s, 50 in flight',
    better: 'higher',
    ...stepsPerSecond({ count: 2_000, inFlight: 50, peerCount: 200 }),
  },
  {
    key: 'W1_1',
    unit: 'steps/s, 1 in flight',
    better: 'higher',
    ...stepsPerSecond({ count: 200, inFlight: 1, peerCount: 30 }),
  },
  {
    key: 'W2',
    unit: 'ms for 10 steps alone, median',
    better: 'lower',
    open: engineAlone(
      async (engine) =>
        quantile((await engine.ask({ work: 'flows', count: 200, inFlight: 1 })).latencies, 0.5),
      strictly,
    ),
    peer: async (peer) => quantile((await peer.ask('flows', { count: 40, inFlight: 1 })).latencies, 0.5),
  },
  { key: 'W3_1k', unit: 'ms for a Map over 1,000 items', better: 'lower', ...mapOver(1_000) },
  { key: 'W3_10k', unit: 'ms for a Map over 10,000 items', better: 'lower', ...mapOver(10_000) },
  {
    key: 'W4_bytes',
    unit: 'bytes of server memory for each sleeper',
    better: 'lower',
    open: engineAlone(bytesPerSleeper),
    peer: bytesPerSleeperOf,
  },
  {
    key: 'W4_late_ms',
    unit: 'ms that 1,000 timers of one moment are late, p99',
    better: 'lower',
    open: engineAlone(async (engine) => quantile((await engine.ask({ work: 'due', ...due })).late, 0.99)),
    peer: async (peer) => quantile((await peer.ask('due', due)).late, 0.99),
  },
  {
    key: 'W5',
    unit: 'ms from a start call over HTTP until the first step calls its service, median',
    better: 'lower',
    open: startToFirstStep,
    peer: async (peer) => quantile((await peer.ask('firstStep', { count: starts })).latencies, 0.5),
  },
  {
    key: 'W6',
    unit: 'ms from process start until 1,000 executions go on',
    better: 'lower',
    open: engineAlone(recovery),
    peer: recoveryOf,
  },
  {
    key: 'W7_warm',
    unit: 'ms from `npm start` until the flows page and its scripts are served and executions can be started',
    better: 'lower',
    durability: 'none',
    open: warmStart,
    // DBOS has no interface.
    peers: ['Restate', 'Node-RED'],
    peer: async (peer) => {
      await peer.close();
      const began = performance.now();
      await peer.start();
      await peer.ask('page', {});
      return performance.now() - began;
    },
  },
  {
    key: 'W10',
    unit: 'express flows/s of ten steps, 200 in flight, 10 % of the histories kept',
    better: 'higher',
    durability: 'ends',
    open: expressAlone(async (engine) => {
      const count = 8_000;
      return (count * 1000) / (await engine.ask({ work: 'express', count, inFlight: 200, share: 0.1 })).ms;
    }),
    // It writes nothing at all, so the comparison is to our disadvantage.
    peers: ['Node-RED'],
    peer: async (peer) => (4_000 * 1000) / (await peer.ask('flows', { count: 4_000, inFlight: 200 })).ms,
  },
];

/** What the process has grown by, for each of many sleepers; the first ones are told apart, as their memory is largely that of their start. */
async function bytesPerSleeper(engine: Measured): Promise<number> {
  const grown = async (count: number) => {
    const before = await engine.ask({ work: 'memory' });
    const { ms } = await engine.ask({ work: 'sleepers', count });
    const after = await engine.ask({ work: 'memory' });
    const bytes = Math.max(0, after.rss - before.rss) / count;
    console.error(
      `${count} sleepers started in ${figureOf(ms)} ms, ${figureOf(bytes)} bytes of memory each (heap ${figureOf((after.heapUsed - before.heapUsed) / count)})`,
    );
    return bytes;
  };
  await grown(sleepers.first);
  return grown(sleepers.more);
}

async function recovery(engine: Measured): Promise<number> {
  const count = 1_000;
  await engine.ask({ work: 'hold', count });
  await pause(700);
  await engine.kill();
  await engine.start();
  const { resumed, ms } = await engine.ask({ work: 'resumed', count });
  if (resumed !== count) throw new Error(`${resumed} of ${count} executions went on`);
  await pause(3_000);
  return ms;
}

async function bytesPerSleeperOf(peer: Peer): Promise<number> {
  const before = await peer.ask('memory', {});
  await peer.ask('sleepers', { count: sleepers.onPeer });
  const after = await peer.ask('memory', {});
  return Math.max(0, after.rss - before.rss) / sleepers.onPeer;
}

/** Whoever has not taken all up in two minutes counts as having needed so long. */
async function recoveryOf(peer: Peer): Promise<number> {
  const [count, withinMs] = [1_000, 120_000];
  await peer.ask('hold', { count });
  await pause(700);
  await peer.kill();
  await peer.start();
  const { resumed, ms } = await peer.ask('resumed', { count, withinMs });
  console.error(`  ${peer.name} (${peer.form}): ${resumed} of ${count} went on`);
  return resumed === count ? ms : withinMs;
}
