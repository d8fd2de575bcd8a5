import { fc, it } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { lineDifference } from './line-difference';

const text = fc
  .array(fc.constantFrom('{', '}', 'a', 'b', 'c'), { maxLength: 40 })
  .map((lines) => lines.join('\n'));

describe('the comparison of two texts', () => {
  it('[H16] says what went and what came, with the numbers of the lines', () => {
    expect(lineDifference('one\ntwo\nthree\n', 'one\n2\nthree\nfour\n')).toEqual([
      { kind: 'same', text: 'one', before: 1, after: 1 },
      { kind: 'removed', text: 'two', before: 2 },
      { kind: 'added', text: '2', after: 2 },
      { kind: 'same', text: 'three', before: 3, after: 3 },
      { kind: 'added', text: 'four', after: 4 },
    ]);
  });

  it('[H16] a line that was put in between leaves the others alone', () => {
    const kinds = lineDifference('a\nb\na\nb', 'a\nb\nc\na\nb').map(({ kind }) => kind);
    expect(kinds).toEqual(['same', 'same', 'added', 'same', 'same']);
  });

  it('[H16] texts with nothing in common replace each other', () => {
    const old = Array.from({ length: 3000 }, (_, line) => `old ${line}`).join('\n');
    const next = Array.from({ length: 3000 }, (_, line) => `next ${line}`).join('\n');
    const lines = lineDifference(old, next);
    expect(lines.filter(({ kind }) => kind === 'removed')).toHaveLength(3000);
    expect(lines.filter(({ kind }) => kind === 'added')).toHaveLength(3000);
  });

  it.prop([text, text])('[H16] holds every line of both texts, in order', (before, after) => {
    const lines = lineDifference(before, after);
    const without = (kind: string) => lines.filter((line) => line.kind !== kind).map((line) => line.text);
    const linesOf = (whole: string) => (whole === '' ? [] : whole.split('\n'));
    expect(without('added')).toEqual(linesOf(before));
    expect(without('removed')).toEqual(linesOf(after));
  });

  it.prop([text, text])('[H16] numbers the lines of each text from 1 on', (before, after) => {
    const lines = lineDifference(before, after);
    const befores = lines.flatMap((line) => (line.kind === 'added' ? [] : [line.before]));
    const afters = lines.flatMap((line) => (line.kind === 'removed' ? [] : [line.after]));
    expect(befores).toEqual(befores.map((_, index) => index + 1));
    expect(afters).toEqual(afters.map((_, index) => index + 1));
  });
});
