import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * One measured engine in a process of its own. The parent sends `{id, work, ...arguments}` over IPC and gets `{id, answer}`
 * or `{id, failed}` back. A peer knows those of these works that have their like in it:
 * - `flows` {count, inFlight}: flows of ten steps, in a closed loop; their results are checked. `map` {items}: one flow with a step for each item
 * - `sleepers` {count}: starts flows that wait for an hour; answers once they take no more memory than they will.
 *   `memory`: of all its processes. `due` {count, inMs}: how late flows go on that wait for one moment
 * - `firstStep` {count}: one start after the other, until the first step is run
 * - `hold` {count}: starts flows of ten steps of 200 ms. `resumed` {count, withinMs}: after a crash, when so many had run a step again
 * - `page`: fetches the interface with its scripts
 *
 * @param {Record<string, (request: any) => Promise<unknown>>} works
 * @param {() => Promise<void>} close
 */
export function serve(works, close) {
  process.on('message', async (request) => {
    try {
      const answer = request.work === 'close' ? await close() : await works[request.work](request);
      process.send({ id: request.id, answer });
      if (request.work === 'close') process.exit(0);
    } catch (failure) {
      process.send({ id: request.id, failed: String(failure?.stack ?? failure) });
    }
  });
  process.on('disconnect', () => close().finally(() => process.exit(1)));
  process.send({ id: 0, answer: 'ready' });
}

/**
 * Runs `one(i)` for i in 0…count-1 with `inFlight` of them at a time (a closed loop).
 * @returns {Promise<{ms: number, latencies: number[]}>} milliseconds for all, and of each
 */
export async function closedLoop(count, inFlight, one) {
  const latencies = [];
  let next = 0;
  const began = performance.now();
  const lane = async () => {
    while (next < count) {
      const at = performance.now();
      await one(next++);
      latencies.push(performance.now() - at);
    }
  };
  await Promise.all(Array.from({ length: Math.min(inFlight, count) }, lane));
  return { ms: performance.now() - began, latencies };
}

/** The payload of all workloads: an object of about 100 bytes. */
export const payload = {
  order: 'c1f0a2d4',
  customer: 'somebody@example.org',
  amount: 1250,
  currency: 'EUR',
  items: [1, 2, 3],
};

/**
 * One start after the other, with a pause between them.
 * @param {(told: () => void) => Promise<unknown>} one starts a flow and resolves at its end; `told` is called in its first step
 */
export async function firstSteps(count, one) {
  const latencies = [];
  for (let n = 0; n < count; n++) {
    const at = performance.now();
    await one(() => latencies.push(performance.now() - at));
    await pause(20);
  }
  return { latencies };
}

/**
 * When, after this process began, `count` different flows had run a step. Goes on until nothing has run for three seconds, so
 * that what comes next has the machine to itself.
 * @param {Heard} heard which flows have run a step since this process began
 */
export async function resumed(count, withinMs, heard) {
  const deadline = Date.now() + withinMs;
  while (heard.first.size < count && Date.now() < deadline) await pause(10);
  const ms = Math.max(...heard.first.values()) - performance.timeOrigin;
  const answer = { resumed: heard.first.size, ms };
  while (Date.now() - heard.last < 3_000) await pause(100);
  return answer;
}

/** Remembers which flows have run a step since this process began. */
export class Heard {
  first = new Map();
  last = 0;

  step(flow) {
    this.last = Date.now();
    if (!this.first.has(flow)) this.first.set(flow, this.last);
  }
}

/** Resident memory of this process and of all that it has started, bytes (Linux). */
export async function memory() {
  for (let round = 0; round < 5; round++) {
    await globalThis.gc?.({ type: 'major', flavor: 'last-resort', execution: 'async' });
    await pause(200);
  }
  const mine = groupOf(process.pid);
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && groupOf(name) === mine);
  return { rss: all.reduce((sum, pid) => sum + residentOf(pid), 0) };
}

function groupOf(pid) {
  // What comes after the name, which is in parentheses and may hold anything: state, parent, group.
  return read(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ')[2];
}

function residentOf(pid) {
  return 1024 * Number(/VmRSS:\s+(\d+)/.exec(read(`/proc/${pid}/status`))?.[1] ?? 0);
}

/** Empty for a process that has gone meanwhile. */
function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** Fetches a page and every script that it names. */
export async function page(url) {
  const answer = await fetch(url, { headers: { accept: 'text/html' } });
  const html = await answer.text();
  const scripts = [...html.matchAll(/<script[^>]+src="([^"]+)"/g)].map((match) => match[1]);
  if (!answer.ok || scripts.length === 0)
    throw new Error(`${url} answered ${answer.status}: ${html.slice(0, 200)}`);
  await Promise.all(scripts.map(async (script) => (await fetch(new URL(script, answer.url))).arrayBuffer()));
  return {};
}
