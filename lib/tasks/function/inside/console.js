import { shownAs } from './shown.js';

/** @typedef {'debug' | 'info' | 'warn' | 'error'} Level */

const mostLines = 5_000;
const longestLine = 8_000;

/**
 * The console of a function: each call becomes a line of the step's log, at once.
 *
 * @param {(kind: string, text: string) => string} say
 */
export function openConsole(say) {
  let lines = 0;
  /** @type {(level: Level, text: string) => void} */
  const write = (level, text) => {
    lines += 1;
    if (lines <= mostLines) say(level, text.slice(0, longestLine));
  };
  /** @type {(level: Level) => (...values: unknown[]) => void} */
  const at =
    (level) =>
    (...values) =>
      write(level, formatted(values));
  return {
    log: at('info'),
    info: at('info'),
    dir: at('info'),
    table: at('info'),
    group: at('info'),
    groupCollapsed: at('info'),
    groupEnd: () => {},
    debug: at('debug'),
    trace: at('debug'),
    warn: at('warn'),
    error: at('error'),
    /** @type {(holds: unknown, ...values: unknown[]) => void} */
    assert: (holds, ...values) => {
      if (!holds) write('error', `Assertion failed${values.length > 0 ? `: ${formatted(values)}` : ''}`);
    },
    ...counters(write),
  };
}

/** @param {(level: Level, text: string) => void} write */
function counters(write) {
  const { now } = Date;
  /** @type {Map<string, number>} */
  const counts = new Map();
  /** @type {Map<string, number>} */
  const begun = new Map();
  const tell = (label = 'default') => write('info', `${label}: ${now() - (begun.get(label) ?? now())} ms`);
  return {
    count: (label = 'default') => {
      const count = (counts.get(label) ?? 0) + 1;
      counts.set(label, count);
      write('info', `${label}: ${count}`);
    },
    countReset: (label = 'default') => void counts.delete(label),
    time: (label = 'default') => void begun.set(label, now()),
    timeLog: tell,
    timeEnd: (label = 'default') => {
      tell(label);
      begun.delete(label);
    },
  };
}

/**
 * `%s`, `%d`, `%i`, `%f`, `%j`, `%o`, `%O` and `%%` in a first text are replaced; what is left follows after blanks.
 *
 * @param {readonly unknown[]} values
 */
function formatted(values) {
  const [first, ...rest] = values;
  if (typeof first !== 'string') return values.map((value) => shownAs(value)).join(' ');
  const text = first.replace(/%[sdifjoO%]/g, (mark) => {
    if (mark === '%%') return '%';
    if (rest.length === 0) return mark;
    const value = rest.shift();
    if (mark === '%i') return String(Math.trunc(Number(value)));
    return mark === '%d' || mark === '%f' ? String(Number(value)) : shownAs(value);
  });
  return [text, ...rest.map((value) => shownAs(value))].join(' ');
}
