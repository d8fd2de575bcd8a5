import { openConsole } from './console.js';
import { failureOf } from './failure.js';
import { jsonOf } from './result.js';
import { Timers } from './timers.js';
import { installWeb } from './web.js';

/**
 * What is made afresh for each call, inside the context that the user's code runs in. The files beside this one are put together
 * to one script (see ../source.ts), so what they declare has names that occur once.
 *
 * The one thing from outside is `tell`. It takes texts, gives texts, and is only ever called directly: it is never a property, an
 * argument or a `this` of anything that the user's code could have replaced, so that code never holds an object of the outer realm.
 */

/** @typedef {(kind: string, text: string) => string} Tell */
/** @typedef {(input: unknown, context: unknown) => unknown} UserFunction */

/**
 * @param {Tell} tell
 */
export function openRealm(tell) {
  const { parse } = JSON;
  const say = guarded(tell);
  const timers = new Timers(Date.now);
  let ended = false;
  /** What the next turn does; where there is nothing, a timer has its turn. @type {(() => unknown) | undefined} */
  let next;

  /** @param {() => unknown} work Ends the call where it throws. */
  const attempt = async (work) => {
    try {
      return await work();
    } catch (thrown) {
      fail(thrown);
      return undefined;
    }
  };
  /** @param {unknown} thrown */
  const fail = (thrown) => {
    if (ended) return;
    ended = true;
    const { error, cause, trace } = failureOf(thrown);
    if (trace !== '') say('error', trace);
    say('failed', jsonOf({ error, cause }));
  };
  /** @param {unknown} value */
  const succeed = (value) => {
    if (ended) return;
    const text = jsonOf(value);
    ended = true;
    say('succeeded', text);
  };

  Object.defineProperty(globalThis, '__millraceTurn', {
    value: () => {
      const work = next ?? (() => timers.runNext());
      next = undefined;
      void attempt(work);
    },
  });
  lock(say, timers);
  define(
    'queueMicrotask',
    /** @param {() => unknown} work */ (work) =>
      void attempt(async () => {
        await undefined;
        return work();
      }),
  );

  return {
    /** @type {(work: UserFunction, isExpression: boolean, inputText: string, contextText: string) => void} */
    begin(work, isExpression, inputText, contextText) {
      next = async () => {
        const input = parse(inputText);
        const context = parse(contextText);
        const value = await work(input, context);
        const isCallee = isExpression && typeof value === 'function';
        succeed(isCallee ? await value(input, context) : value);
      };
    },
    /** Milliseconds until the next turn; -1 where there is none because the call has ended, -2 where nothing can end it any more. */
    look() {
      return ended ? -1 : timers.untilNext();
    },
    /** @param {unknown} reason A promise was rejected with it, and nobody awaits that. The next turn says so. */
    orphaned(reason) {
      next = () => {
        const { error, cause } = failureOf(reason);
        say('warn', `A promise was rejected and nobody awaits it. ${error}: ${cause}`);
      };
    },
  };
}

/**
 * A stack that is used up throws an error of the outer realm inside `tell`: it is caught here and not handed on.
 *
 * @param {Tell} tell
 * @returns {Tell}
 */
function guarded(tell) {
  return (kind, text) => {
    try {
      return tell(kind, text);
    } catch {
      throw new RangeError('Maximum call stack size exceeded');
    }
  };
}

/**
 * @param {Tell} say
 * @param {Timers} timers
 */
function lock(say, timers) {
  const world = /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (globalThis));
  // What shares memory between threads, runs code unasked after the call, or is code that is not JavaScript.
  for (const name of ['Atomics', 'SharedArrayBuffer', 'FinalizationRegistry', 'WeakRef', 'WebAssembly'])
    delete world[name];
  // Node asks this hook about stacks, with objects of its own.
  Object.defineProperty(Error, 'prepareStackTrace', { value: undefined });
  Object.defineProperty(globalThis, 'Error', { writable: false, configurable: false });
  const given = { console: openConsole(say), ...timers.functions(), ...installWeb(say) };
  for (const [name, value] of Object.entries(given)) define(name, value);
}

/**
 * @param {string} name
 * @param {unknown} value
 */
function define(name, value) {
  Object.defineProperty(globalThis, name, { value, writable: true, configurable: true });
}
