import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '@/lib/expression/json';
import { readItems } from './read-items';

function whyNot(text: string, config: JsonObject): string {
  try {
    readItems(text, config);
  } catch (error) {
    return `${Object(error).error}: ${Object(error).message}`;
  }
  throw new Error('the items were read');
}

describe('[E82] items are read from CSV', () => {
  const first = { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' };
  it.each<[string, string, Json]>([
    ['all values are texts', 'a,b\n1,true', [{ a: '1', b: 'true' }]],
    ['a short row is padded', 'a,b\n1', [{ a: '1', b: '' }]],
    ['a row in excess is cut', 'a\n1,2', [{ a: '1' }]],
    ['an empty header is a name too', 'a,\n1,2', [{ a: '1', '': '2' }]],
    ['empty lines are no rows', '\na\n\n1\r\n\r\n2\n', [{ a: '1' }, { a: '2' }]],
    [
      'quotes may hold commas, breaks and doubled quotes',
      'a,b\n"x, ""y""","1\n2"',
      [{ a: 'x, "y"', b: '1\n2' }],
    ],
    ['a byte order mark is no part of it', '\uFEFFa\n1', [{ a: '1' }]],
    ['headers alone are no items', 'a,b\n', []],
  ])('%s', (_, text, items) => {
    expect(readItems(text, first)).toEqual(items);
  });

  it('CSVHeaders name the columns where CSVHeaderLocation is GIVEN, each once', () => {
    const given = { InputType: 'CSV', CSVHeaderLocation: 'GIVEN' };
    expect(readItems('1,2', { ...given, CSVHeaders: ['x', 'y'] })).toEqual([{ x: '1', y: '2' }]);
    expect(whyNot('1,2', { ...given, CSVHeaders: ['x', 'x'] })).toBe(
      'States.ItemReaderFailed: CSV headers cannot contain duplicates.',
    );
  });

  it.each([
    ['COMMA', ','],
    ['PIPE', '|'],
    ['SEMICOLON', ';'],
    ['SPACE', ' '],
    ['TAB', '\t'],
  ])('CSVDelimiter %s', (CSVDelimiter, sign) => {
    const others = [',', '|', ';', ' ', '\t'].filter((other) => other !== sign).join('');
    expect(readItems(`a${sign}b\n${others}${sign}2`, { ...first, CSVDelimiter })).toEqual([
      { a: others, b: '2' },
    ]);
  });
});

describe('[E82] items are read from JSON', () => {
  it('lines of it, empty ones left out', () => {
    expect(readItems('1\n\n{"a":2}\r\n"x"', { InputType: 'JSONL' })).toEqual([1, { a: 2 }, 'x']);
    expect(whyNot('1\nx', { InputType: 'JSONL' })).toBe(
      'States.ItemReaderFailed: The file is no valid JSON.',
    );
  });

  it('a list, of the document or at ItemsPointer', () => {
    const at = (ItemsPointer: string) => ({ InputType: 'JSON', ItemsPointer });
    expect(readItems('[1,2]', { InputType: 'JSON' })).toEqual([1, 2]);
    expect(readItems('{"a":{"b":[1]}}', at('/a/b'))).toEqual([1]);
    expect(readItems('{"a/b":[1],"c~d":[2],"~1":[3]}', at('/a~1b'))).toEqual([1]);
    expect(readItems('{"a/b":[1],"c~d":[2],"~1":[3]}', at('/c~0d'))).toEqual([2]);
    expect(readItems('[[1],[2]]', at('/1'))).toEqual([2]);
  });

  it.each([
    ['{}', {}],
    ['1', {}],
    ['{"a":{}}', { ItemsPointer: '/a' }],
    ['{"a":[1]}', { ItemsPointer: '/b' }],
    ['[]', { ItemsPointer: '/constructor' }],
  ])('no list: %s %j', (text, config) => {
    expect(whyNot(text, { InputType: 'JSON', ...config })).toBe(
      'States.ItemReaderFailed: Attempting to map over non-iterable node.',
    );
  });
});

it('[E82] MaxItems is the most that are read; 0 means all', () => {
  const most = (MaxItems: number) => ({ InputType: 'JSON', MaxItems });
  expect(readItems('[1,2,3]', most(2))).toEqual([1, 2]);
  expect(readItems('[1,2,3]', most(9))).toEqual([1, 2, 3]);
  expect(readItems('[1,2,3]', most(0))).toEqual([1, 2, 3]);
  expect(readItems('a\n1\n2', { InputType: 'CSV', MaxItems: 1 })).toEqual([{ a: '1' }]);
  expect(whyNot('[1]', most(-1))).toBe('States.ItemReaderFailed: field MaxItems must be positive');
});
