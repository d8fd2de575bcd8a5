/** @typedef {{ script: import('node:vm').Script, isExpression: boolean }} Compiled */
/** @typedef {{ error: string, cause: string, line: number | undefined }} Unreadable */

/**
 * The code is one expression or, where it is none, the body of an async function. The script's value is a function of input and context.
 *
 * @param {string} code
 * @param {typeof import('node:vm').Script} Script
 * @returns {Compiled | { failed: Unreadable }}
 */
export function compile(code, Script) {
  const expression = code.replace(/^(\s*)export default (?=\S)/, '$1').replace(/[\s;]+$/, '');
  const asExpression = scriptOf(`(${expression}\n)`, Script);
  if (asExpression.ok) return { script: asExpression.script, isExpression: true };
  const asBody = scriptOf(`{${code}\n}`, Script);
  return asBody.ok ? { script: asBody.script, isExpression: false } : { failed: asBody.failed };
}

/**
 * @param {string} body
 * @param {typeof import('node:vm').Script} Script
 * @returns {{ ok: true, script: import('node:vm').Script } | { ok: false, failed: Unreadable }}
 */
function scriptOf(body, Script) {
  try {
    const text = `'use strict';(async(input,context)=>${body})`;
    return { ok: true, script: new Script(text, { filename: 'function.js' }) };
  } catch (thrown) {
    const stack = thrown instanceof Error ? (thrown.stack ?? '') : '';
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    const line = Number(/^function\.js:(\d+)/.exec(stack)?.[1]) || undefined;
    const cause = line === undefined ? message : `${message} (line ${line})`;
    return { ok: false, failed: { error: 'Function.SyntaxError', cause, line } };
  }
}
