import { setTimeout as pause } from 'node:timers/promises';
import { storeAlone } from './bare-store';
import { figureOf, quantile } from './figure';
import { Measured } from './measured';
import type { Session } from './session';

/** What each process does before anything is measured in it, for a second or two: what it runs is compiled by then. */
const warmUp = { work: 'flows', count: 4_000, inFlight: 200 } as const;
const warmUpOfExpress = { work: 'express', count: 8_000, inFlight: 200, share: 0.1 } as const;

type Measure = (engine: Measured) => Promise<number>;
/** Called before the first round; what it returns is called after the last one. */
type Beside = (engine: Measured) => Promise<NonNullable<Session['beside']>>;

/** The engine in a process of its own, without HTTP. */
export function engineAlone(measure: Measure, beside?: Beside): () => Promise<Session> {
  return () => session(measure, (engine) => engine.ask(warmUp), beside);
}

/** The same for express executions. */
export function expressAlone(measure: Measure): () => Promise<Session> {
  return () => session(measure, (engine) => engine.ask(warmUpOfExpress));
}

async function session(
  measure: Measure,
  warm: (engine: Measured) => Promise<unknown>,
  beside?: Beside,
): Promise<Session> {
  const engine = await Measured.open();
  try {
    await engine.start();
    await warm(engine);
    const told = await beside?.(engine);
    return {
      measure: () => measure(engine),
      ...(told && { beside: told }),
      close: () => engine.close(),
    };
  } catch (error) {
    await engine.close();
    throw error;
  }
}

/** W1: what the store takes where nothing else is to be done. The first round warms it up. */
export function besideTheStore(load: { readonly count: number; readonly inFlight: number }): Beside {
  return async (engine) => async () => {
    const shape = await engine.shapeOfOne();
    await storeAlone(shape, load);
    const stepsPerFlow = shape.length - 1;
    const storeStepsPerSecond = figureOf(stepsPerFlow * (await storeAlone(shape, load)));
    console.error(`  the store alone, given what is to be written, takes ${storeStepsPerSecond} steps/s`);
    return { storeStepsPerSecond };
  };
}

/** W2 runs 200 flows of ten steps a round, one at a time: no commit can hold two steps. */
export const strictly: Beside = async (engine) => {
  const before = await fsyncsSoFar(engine);
  return async (rounds) => {
    const fsyncsPerStep = figureOf(((await fsyncsSoFar(engine)) - before) / (200 * 10 * rounds));
    const elevenCommitsMs = figureOf(11 * quantile(await engine.bareCommits(), 0.5));
    console.error(`  eleven commits of one row take ${elevenCommitsMs} ms in PostgreSQL alone`);
    return { fsyncsPerStep, elevenCommitsMs };
  };
};

/** PostgreSQL tells what a connection has done when it works again after a second of quiet: one flow more sees to that. */
async function fsyncsSoFar(engine: Measured): Promise<number> {
  await pause(1_100);
  await engine.ask({ work: 'flows', count: 1, inFlight: 1 });
  return engine.fsyncs();
}
