import { failureOf } from './failure.js';

const deepest = 5;
const mostMembers = 100;

/**
 * A value as a person reads it in a log: texts bare, everything else near to how it would be written.
 *
 * @param {unknown} value
 */
export function shownAs(value) {
  try {
    return typeof value === 'string' ? value : written(value, []);
  } catch {
    return '[cannot be shown]';
  }
}

/**
 * @param {unknown} value
 * @param {readonly unknown[]} around
 * @returns {string}
 */
function written(value, around) {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'function') return `[function ${value.name || 'anonymous'}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  if (around.includes(value)) return '[circular]';
  if (around.length >= deepest) return Array.isArray(value) ? '[…]' : '{…}';
  return writtenObject(value, [...around, value]);
}

/**
 * @param {object} value
 * @param {readonly unknown[]} around
 * @returns {string}
 */
function writtenObject(value, around) {
  if (value instanceof Error) return failureOf(value).trace;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  if (value instanceof RegExp) return String(value);
  if (value instanceof Promise) return '[promise]';
  /** @param {unknown} one */
  const inner = (one) => written(one, around);
  if (value instanceof Map)
    return `Map {${listed([...value], ([key, one]) => `${inner(key)} => ${inner(one)}`)}}`;
  if (value instanceof Set) return `Set {${listed([...value], inner)}}`;
  if (Array.isArray(value)) return `[${listed(value, inner)}]`;
  return `{${listed(Object.entries(value), ([key, one]) => `${key}: ${inner(one)}`)}}`;
}

/**
 * @template Member
 * @param {readonly Member[]} members
 * @param {(member: Member) => string} show
 */
function listed(members, show) {
  const texts = members.slice(0, mostMembers).map(show);
  if (members.length > mostMembers) texts.push(`… ${members.length - mostMembers} more`);
  return texts.join(', ');
}
