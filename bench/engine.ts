import { setTimeout as pause } from 'node:timers/promises';
import { Measured } from './engine/measured';

/** One figure of one workload. */
export interface Figure {
  readonly unit: string;
  readonly better: 'higher' | 'lower';
  readonly ours: number;
  /** `strict`: each step's result is fsync'd before the next step begins. */
  readonly durability: 'strict';
}

interface Workload {
  readonly key: string;
  readonly unit: string;
  readonly better: Figure['better'];
  readonly measure: (engine: Measured) => Promise<number>;
}

const stepsPerFlow = 10;
const sleepers = 30_000;

function flowsPerSecond(count: number, inFlight: number) {
  return async (engine: Measured) => {
    const { ms } = await engine.ask({ work: 'flows', count, inFlight });
    return (count * stepsPerFlow * 1000) / ms;
  };
}

const workloads: readonly Workload[] = [
  { key: 'W1', unit: 'steps/s, 200 in flight', better: 'higher', measure: flowsPerSecond(4_000, 200) },
  { key: 'W1_50', unit: 'steps/s, 50 in flight', better: 'higher', measure: flowsPerSecond(2_000, 50) },
  { key: 'W1_1', unit: 'steps/s, 1 in flight', better: 'higher', measure: flowsPerSecond(200, 1) },
  {
    key: 'W2',
    unit: 'ms for 10 steps alone, median',
    better: 'lower',
    measure: async (engine) =>
      quantile((await engine.ask({ work: 'flows', count: 200, inFlight: 1 })).latencies, 0.5),
  },
  {
    key: 'W3_1k',
    unit: 'ms for a Map over 1,000 items',
    better: 'lower',
    measure: async (engine) => (await engine.ask({ work: 'map', items: 1_000 })).ms,
  },
  {
    key: 'W3_10k',
    unit: 'ms for a Map over 10,000 items',
    better: 'lower',
    measure: async (engine) => (await engine.ask({ work: 'map', items: 10_000 })).ms,
  },
  {
    key: 'W4_bytes',
    unit: 'bytes of server memory for each sleeper',
    better: 'lower',
    measure: bytesPerSleeper,
  },
  {
    key: 'W4_late_ms',
    unit: 'ms that 1,000 timers of one moment are late, p99',
    better: 'lower',
    measure: async (engine) => {
      const { late } = await engine.ask({ work: 'due', count: 1_000, inMs: 7_000 });
      return quantile(late, 0.99);
    },
  },
  {
    key: 'W6',
    unit: 'ms from process start until 1,000 executions go on',
    better: 'lower',
    measure: recovery,
  },
];

/** Medians of `runs` runs of each workload, on an embedded PostgreSQL; progress goes to stderr. */
export async function run(options: {
  readonly only?: readonly string[];
  readonly runs?: number;
}): Promise<Record<string, Figure>> {
  const { only, runs = 3 } = options;
  const figures: Record<string, Figure> = {};
  for (const { key, unit, better, measure } of workloads) {
    if (only && !only.includes(key)) continue;
    const engine = await Measured.open();
    try {
      await engine.start();
      await engine.ask({ work: 'flows', count: 600, inFlight: 50 });
      const values: number[] = [];
      for (let round = 0; round < runs; round += 1) values.push(await measure(engine));
      figures[key] = { unit, better, ours: rounded(quantile(values, 0.5)), durability: 'strict' };
      console.error(`${key}: ${values.map(rounded).join(', ')} ${unit}`);
    } finally {
      await engine.close();
    }
  }
  return figures;
}

/** What the process has grown by, after the dust of starting has settled. */
async function bytesPerSleeper(engine: Measured): Promise<number> {
  await engine.ask({ work: 'sleepers', count: sleepers });
  const before = await engine.ask({ work: 'memory' });
  const { ms } = await engine.ask({ work: 'sleepers', count: sleepers });
  const after = await engine.ask({ work: 'memory' });
  console.error(
    `${Math.round((sleepers * 1000) / ms)} sleepers started per second, heap grew by ${after.heapUsed - before.heapUsed}`,
  );
  return Math.max(0, after.rss - before.rss) / sleepers;
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

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

function rounded(value: number): number {
  return value >= 100 ? Math.round(value) : Math.round(value * 100) / 100;
}
