import { afterAll, describe, expect, it } from 'vitest';
import type { Json } from '@/lib/expression/json';
import { callFor } from './call-for-test';
import { functionKind } from './function';
import { Pool } from './function/pool';

const pool = new Pool();
const kind = functionKind(pool);
afterAll(() => pool.close());

const run = (code: string, input: Json = null, more: { [name: string]: Json } = {}) =>
  callFor(kind, { code, input, ...more });

/** What a function that succeeds returns. */
async function output(code: string, input: Json = null): Promise<Json | undefined> {
  const { result } = await run(code, input);
  if (result.kind !== 'succeeded') throw new Error(JSON.stringify(result));
  return result.output;
}

/** Error and cause of a function that fails. */
async function failure(code: string, more: { [name: string]: Json } = {}) {
  const { result } = await run(code, null, more);
  if (result.kind !== 'failed') throw new Error(JSON.stringify(result));
  return [result.error, result.cause];
}

describe('what a function is', () => {
  it.each<[string, string, Json]>([
    ['the body of an async function', 'const twice = input.n * 2;\nreturn { twice };', { twice: 42 }],
    ['one expression', '{ twice: input.n * 2 }', { twice: 42 }],
    ['one expression that gives a function', '({ n }) => n * 2;', 42],
    ['a module that has one default', 'export default async function handle(input) { return input.n }', 21],
    ['a function with a comment behind', 'async (input) => input.n // the number', 21],
    ['a body that returns nothing', 'const unused = input.n;', null],
  ])('[T20] the code may be %s', async (_, code, expected) => {
    expect(await output(code, { n: 21 })).toEqual(expected);
  });

  it('[T20] the second argument tells which attempt of which execution it is', async () => {
    expect(await output('return context')).toEqual({
      executionId: '0190b2c8-0000-7000-8000-000000000001',
      executionName: 'order-17',
      flowId: '0190b2c8-0000-7000-8000-000000000002',
      state: 'Charge',
      attempt: 1,
      idempotencyKey: '0190b2c8-0000-7000-8000-000000000001/4/1',
    });
  });

  it('[T20] awaits and timers work', async () => {
    const code = `const order = [];
      setTimeout(() => order.push('later'), 20);
      const every = setInterval(() => order.push('tick') === 3 && clearInterval(every), 2);
      queueMicrotask(() => order.push('micro'));
      await new Promise((resolve) => setTimeout(resolve, 40, 'x'));
      return order;`;
    expect(await output(code)).toEqual(['micro', 'tick', 'tick', 'later']);
  });
});

describe('what a function says', () => {
  it('[T21] console lines come with their level, in their order, values readable', async () => {
    const { lines } = await run(
      `console.log('order %s costs %d', 'A-1', '12.5', { items: [1, 'two', null] });
       console.debug(new Map([['a', new Set([1])]]), undefined, 10n, new Date(0));
       console.warn('careful');
       const loop = {}; loop.self = loop;
       console.error(loop, () => 1);
       console.assert(1 > 2, 'no');
       console.count(); console.count();`,
    );
    expect(lines).toEqual([
      'info: order A-1 costs 12.5 {items: [1, "two", null]}',
      'debug: Map {"a" => Set {1}} undefined 10n 1970-01-01T00:00:00.000Z',
      'warn: careful',
      'error: {self: [circular]} [function anonymous]',
      'error: Assertion failed: no',
      'info: default: 1',
      'info: default: 2',
    ]);
  });

  it('[T21] what was said before a function hangs is known', async () => {
    const { lines, result } = await run('console.log("before"); for (;;);', null, { timeoutSeconds: 0.2 });
    expect(lines).toEqual(['info: before']);
    expect(result).toMatchObject({ error: 'States.Timeout' });
  });

  it('[T21] an error is logged with the places in the code that it came through', async () => {
    const { lines } = await run('function pay() {\n  throw new RangeError("too much");\n}\npay();');
    expect(lines).toEqual([
      'error: RangeError: too much\n    at pay, line 2, column 9\n    at line 4, column 1',
    ]);
  });

  it('[T21] a rejection that nobody awaits is a warning', async () => {
    const { lines, result } = await run(
      'Promise.reject(new Error("lost"));\nawait new Promise((resolve) => setTimeout(resolve, 5));',
    );
    expect(lines).toEqual(['warn: A promise was rejected and nobody awaits it. Error: lost (line 1)']);
    expect(result.kind).toBe('succeeded');
  });
});

describe('how a function fails', () => {
  it.each<[string, string, string, string]>([
    ['its own', '\nthrow new TypeError("no");', 'TypeError', 'no (line 2)'],
    ['its class', 'class Refused extends Error {}\nthrow new Refused("no");', 'Refused', 'no (line 2)'],
    [
      'its field',
      'throw Object.assign(new Error("no"), { name: "Card.Refused" })',
      'Card.Refused',
      'no (line 1)',
    ],
    ['Error for a text', 'throw "no"', 'Error', 'no'],
    ['Error for data', 'throw { code: 7 }', 'Error', '{"code":7}'],
    [
      'what a timer throws',
      'setTimeout(() => null.x, 1); await new Promise(() => {});',
      'TypeError',
      "Cannot read properties of null (reading 'x') (line 1)",
    ],
    [
      'RangeError for endless recursion',
      'const f = () => f() + 1; f()',
      'RangeError',
      'Maximum call stack size exceeded (line 1)',
    ],
  ])('[T22] the error of the step is %s', async (_, code, error, cause) => {
    expect(await failure(code)).toEqual([error, cause]);
  });

  it('[T23] code that cannot be read is Function.SyntaxError with its line', async () => {
    expect(await failure('const a = 1;\nconst b = ;')).toEqual([
      'Function.SyntaxError',
      "Unexpected token ';' (line 2)",
    ]);
  });

  it.each([
    ['10n', 'The result is a BigInt: turn it into a number or a text.'],
    ['{ a: [1, 0 / 0] }', 'The result.a[1] is NaN: JSON has no such number.'],
    ['{ a: { b: Promise.resolve(1) } }', 'The result.a.b is a promise: await it.'],
    ['({ f: () => 1 })', 'The result.f is a function: return data.'],
    ['[new Map()]', 'The result[0] is a Map: use Object.fromEntries(map).'],
    ['{ s: Symbol.iterator }', 'The result.s is a symbol: return data.'],
    ['(() => { const a = {}; a.a = a; return a; })()', 'The result contains itself: JSON cannot say that.'],
    [
      '"x".repeat(11e6)',
      'The result has more than 10485760 characters of JSON. Return less, or store it and return a reference.',
    ],
  ])('[T24] a result that JSON would mutilate is refused: %s', async (code, cause) => {
    expect(await failure(code)).toEqual(['Function.InvalidResult', cause]);
  });

  it('[T25] a function that takes too long is stopped, whatever it is at', async () => {
    const expected = ['States.Timeout', 'The function did not end within 0.2 seconds.'];
    const limit = { timeoutSeconds: 0.2 };
    expect(await failure('for (;;);', limit)).toEqual(expected);
    expect(await failure('for (;;) await 1;', limit)).toEqual(expected);
    expect(await failure('await new Promise((resolve) => setTimeout(resolve, 60_000));', limit)).toEqual(
      expected,
    );
    expect(await failure('/^(a+)+$/.test("a".repeat(40) + "b")', limit)).toEqual(expected);
  });

  it('[T25] a function that awaits what can never happen is told at once', async () => {
    expect(await failure('await new Promise(() => {});')).toEqual([
      'Function.NeverEnds',
      'The function awaits a promise that nothing can settle any more.',
    ]);
  });

  it('[T26] a function that needs too much memory is stopped, on the heap and beside it', async () => {
    const expected = [
      'Function.OutOfMemory',
      'The function needed more than 48 MB of memory. Let it hold less at a time, or raise memoryMegabytes.',
    ];
    const limits = { memoryMegabytes: 48, timeoutSeconds: 50 };
    expect(await failure('const all = []; for (;;) all.push({ a: [1, 2] });', limits)).toEqual(expected);
    expect(await failure('const all = []; for (;;) all.push(new Uint8Array(5e6).fill(1));', limits)).toEqual(
      expected,
    );
  });

  it('[T27] an aborted call ends its process at once', async () => {
    const own = new Pool();
    const stop = new AbortController();
    const call = callFor(
      functionKind(own),
      { code: 'console.log("on"); for (;;);' },
      {
        signal: stop.signal,
        log: () => stop.abort(),
      },
    );
    expect((await call).result).toMatchObject({ kind: 'failed', error: 'Function.Aborted' });
    expect(own.size).toBe(0);
  });
});
