import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import vm from 'node:vm';
import { compile } from './compile.js';

/**
 * What the child process runs: it takes calls from stdin, one a line, and answers on stdout, one thing a line. The first line is the
 * script that each realm begins with. User code runs in a context of its own per call, which the process makes ready between calls.
 *
 * P1 No object of this realm reaches the user's context, and none of theirs is called from here except by `realm`'s own functions.
 * P2 A realm that has ended can say nothing any more.
 * P3 Code that never returns ends by itself soon after its time: also where the server that would kill this process is gone.
 */

/** @typedef {import('./realm.js').openRealm} OpenRealm */
/** @typedef {{ code: string, input: string, context: string, milliseconds: number }} Call */
/** @typedef {import('./compile.js').Compiled} Compiled */

/** Longer than the server waits, so that it is the server who says that time is up. */
const grace = 1_000;
const mostScripts = 50;
const levels = new Set(['debug', 'info', 'warn', 'error', 'succeeded', 'failed']);

/** @type {Map<string, Compiled>} */
const scripts = new Map();
const turn = new vm.Script('__millraceTurn()');
/** @type {vm.Script | undefined} */
let realmScript;
/** Whether the realm has a call that has not ended: a rejection that is told later comes from a realm that is gone. */
let isRunning = false;
let realm = /** @type {ReturnType<typeof makeRealm> | undefined} */ (undefined);

for (const name of ['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest', 'BroadcastChannel'])
  Reflect.deleteProperty(globalThis, name);
for (const name of [
  'getBuiltinModule',
  'binding',
  '_linkedBinding',
  'dlopen',
  'kill',
  'report',
  'mainModule',
])
  Reflect.deleteProperty(process, name);

process.on('unhandledRejection', (reason) => {
  if (realm === undefined || !isRunning) return;
  realm.orphaned(reason);
  turn.runInContext(realm.context, { timeout: grace });
});
createInterface({ input: process.stdin })
  .on('line', take)
  .on('close', () => process.exit(0));

/** @param {string} line */
function take(line) {
  if (realmScript === undefined) realmScript = new vm.Script(JSON.parse(line), { filename: 'realm.js' });
  else begin(JSON.parse(line));
  if (realm === undefined) makeReady();
}

function makeReady() {
  realm = makeRealm();
  write('ready', '');
}

function makeRealm() {
  const context = vm.createContext(vm.constants.DONT_CONTEXTIFY, {
    codeGeneration: { strings: false, wasm: false },
    microtaskMode: 'afterEvaluate',
  });
  let isOpen = true;
  /** @type {(kind: string, text: string) => string} */
  const tell = (kind, text) => {
    if (!isOpen || typeof kind !== 'string' || typeof text !== 'string') return '';
    if (kind === 'uuid') return randomUUID();
    if (levels.has(kind)) write(kind, text);
    return '';
  };
  /** @type {OpenRealm} */
  const open = realmScript?.runInContext(context);
  return {
    context,
    ...open(tell),
    close: () => {
      isOpen = false;
    },
  };
}

/** @param {Call} call */
function begin({ code, input, context, milliseconds }) {
  if (realm === undefined) throw new Error('a call came before the one before it was answered');
  const until = performance.now() + milliseconds + grace;
  const compiled = compileOnce(code);
  if ('failed' in compiled) {
    write('failed', JSON.stringify(compiled.failed));
    return write('ready', '');
  }
  const { script, isExpression } = compiled;
  const work = script.runInContext(realm.context, { timeout: milliseconds + grace });
  realm.begin(work, isExpression, input, context);
  isRunning = true;
  step(until);
}

/** @param {number} until */
function step(until) {
  if (realm === undefined) return;
  const left = Math.ceil(until - performance.now());
  if (left <= 0) process.exit(1);
  turn.runInContext(realm.context, { timeout: left });
  const next = realm.look();
  if (next >= 0) return void setTimeout(step, next, until);
  if (next === -2) write('failed', JSON.stringify(stuck));
  isRunning = false;
  realm.close();
  makeReady();
}

const stuck = {
  error: 'Function.NeverEnds',
  cause: 'The function awaits a promise that nothing can settle any more.',
};

/**
 * @param {string} code
 */
function compileOnce(code) {
  const known = scripts.get(code);
  if (known) return known;
  const compiled = compile(code, vm.Script);
  if ('failed' in compiled) return compiled;
  if (scripts.size >= mostScripts) scripts.clear();
  scripts.set(code, compiled);
  return compiled;
}

/**
 * Written through to the pipe at once, so that what a function has said is known also when it never returns.
 *
 * @param {string} kind
 * @param {string} text
 */
function write(kind, text) {
  const bytes = Buffer.from(`${kind} ${JSON.stringify(text)}\n`);
  for (let written = 0; written < bytes.length; ) written += writeSync(1, bytes, written);
}
