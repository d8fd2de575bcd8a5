import { afterAll, describe, expect, it } from 'vitest';
import { Pool } from './pool';
import type { FunctionCall, Outcome } from './sandbox';

const pool = new Pool({ most: 1 });
afterAll(() => pool.close());

function run(code: string, more: Partial<FunctionCall> = {}, own = pool): Promise<Outcome> {
  const call = { code, input: 'null', context: '{}', milliseconds: 5_000, log: () => {}, ...more };
  return own.run({ signal: new AbortController().signal, ...call }, 64);
}

async function output(code: string): Promise<unknown> {
  const outcome = await run(code);
  if (outcome.kind === 'failed') throw new Error(`${outcome.error}: ${outcome.cause}`);
  return JSON.parse(outcome.output);
}

describe('one call and the next', () => {
  it('[T28] nothing that a call leaves behind is seen by the next one', async () => {
    await output(`globalThis.left = 1; Array.prototype.left = 1; Object.prototype.left = 1;
      JSON.stringify = () => '"mine"'; Promise.prototype.then = () => 1; setTimeout(() => { globalThis.late = 1 }, 1);`);
    expect(
      await output(
        '[typeof left, [].left ?? null, ({}).left ?? null, typeof late, await Promise.resolve(2)]',
      ),
    ).toEqual(['undefined', null, null, 'undefined', 2]);
  });

  it('[T28] a call that goes on after its answer costs its process, not the next call', async () => {
    expect(await output('(async () => { for (;;) await 1; })(); return 1')).toBe(1);
    expect(await output('return 2')).toBe(2);
  });

  it('[T28] what an ended call says later is not heard', async () => {
    const lines: string[] = [];
    await run(
      'queueMicrotask(async () => { for (let i = 0; i < 9; i++) await 1; console.log("late"); }); return 1',
    );
    await run('await new Promise((resolve) => setTimeout(resolve, 10))', {
      log: (_, text) => void lines.push(text),
    });
    expect(lines).toEqual([]);
  });
});

describe('what a function cannot reach', () => {
  it('[T29] there is nothing of Node in its world', async () => {
    const names = [
      'process',
      'Buffer',
      'global',
      'module',
      'WebAssembly',
      'SharedArrayBuffer',
      'Atomics',
      'WebSocket',
    ];
    expect(await output(`[${names.map((name) => `typeof ${name}`)}]`)).toEqual(names.map(() => 'undefined'));
  });

  it('[T29] network and modules say what to do instead', async () => {
    expect(await run('await fetch("http://127.0.0.1/")')).toMatchObject({
      error: 'Error',
      cause: expect.stringContaining('HTTP request state'),
    });
    expect(await run('require("fs")')).toMatchObject({
      cause: expect.stringContaining('cannot load modules'),
    });
  });

  it('[T29] texts do not become code', async () => {
    expect(await run('eval("1")')).toMatchObject({ error: 'EvalError' });
    expect(await run('(() => {}).constructor("return 1")()')).toMatchObject({ error: 'EvalError' });
  });

  it('[T29] the ways that are known to lead out of a context end at frozen things that make no code', async () => {
    const tries = `const out = [];
      const climb = (thing) => {
        try { out.push(thing.constructor.constructor('return process')()); } catch (e) { out.push(e.name); }
        try { Object.getPrototypeOf(thing.constructor).left = 1; out.push(Object.getPrototypeOf(thing.constructor).left === 1 && Object.getPrototypeOf(thing.constructor) !== Function.prototype); } catch { out.push('frozen'); }
      };
      climb(console.log);
      climb(setTimeout);
      setTimeout(() => {}, 50);
      try { await import('node:fs'); out.push('imported'); } catch (e) { climb(e); }
      const deep = () => { try { deep(); } catch (e) { if (!(e instanceof RangeError)) climb(e); } console.log('x'); };
      try { deep(); } catch (e) { if (!(e instanceof Error)) climb(e); }
      Error.prepareStackTrace = (_, sites) => { out.push('sites'); };
      return out;`;
    const outcome = await run(tries);
    expect(outcome).toMatchObject({ kind: 'failed', error: 'TypeError' });
    const without = await output(tries.replace(/Error\.prepareStackTrace.*\n/, ''));
    expect(without).toEqual(['EvalError', false, 'EvalError', false, 'EvalError', 'frozen']);
  });

  it('[T29] code that leaves its wrapper gains nothing by it', async () => {
    const outcome = await run('return 1 }); (function () { return typeof this; }); (async () => { ');
    expect(outcome.kind).toBe('succeeded');
    expect(await output('}), (function () { return [this === undefined];')).toEqual([true]);
  });
});

describe('the processes', () => {
  it('[T30] a warm process is used again, and one that nobody needs ends', async () => {
    const own = new Pool({ idle: 30 });
    await run('return 1', {}, own);
    await run('return 1', {}, own);
    const warm = own.size;
    await expect.poll(() => own.size).toBe(0);
    expect(warm).toBe(1);
  });

  it('[T30] calls beyond the most processes wait for their turn, and an aborted one leaves the line', async () => {
    const own = new Pool({ most: 2 });
    const stop = new AbortController();
    const slow = 'await new Promise((resolve) => setTimeout(resolve, 20)); return input';
    const calls = [1, 2, 3, 4, 5].map((input) =>
      run(slow, { input: String(input), ...(input === 4 ? { signal: stop.signal } : {}) }, own),
    );
    expect(own.size).toBe(2);
    stop.abort();
    const outcomes = await Promise.all(calls);
    expect(
      outcomes.map((outcome) => (outcome.kind === 'succeeded' ? outcome.output : outcome.error)),
    ).toEqual(['1', '2', '3', 'Function.Aborted', '5']);
    own.close();
  });

  it('[T30] a warm call takes milliseconds', async () => {
    await run('return 1');
    const took: number[] = [];
    for (let i = 0; i < 20; i++) {
      const began = performance.now();
      await run('return 1');
      took.push(performance.now() - began);
    }
    expect(took.sort((a, b) => a - b)[5]).toBeLessThan(40);
  });
});
