import { describe, expect, it } from 'vitest';
import { readItems } from './read-items';

describe('what an ItemReader reads', () => {
  it('CSV with a header row: short rows are padded, surplus cells dropped, quotes undone', () => {
    const text = 'a,b\n1\n2,"x, ""y""",3\r\n\n';
    expect(readItems(text, { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' })).toEqual([
      { a: '1', b: '' },
      { a: '2', b: 'x, "y"' },
    ]);
  });

  it('CSV with given headers, which cannot hold one twice', () => {
    const config = { InputType: 'CSV', CSVHeaderLocation: 'GIVEN', CSVDelimiter: 'SEMICOLON' };
    expect(readItems('1;2', { ...config, CSVHeaders: ['x', 'y'] })).toEqual([{ x: '1', y: '2' }]);
    expect(() => readItems('1;2', { ...config, CSVHeaders: ['x', 'x'] })).toThrow(
      'CSV headers cannot contain duplicates.',
    );
  });

  it('JSON lines, and JSON at a pointer', () => {
    expect(readItems('1\n{"a":2}\n', { InputType: 'JSONL' })).toEqual([1, { a: 2 }]);
    expect(readItems('{"a":{"b":[1]}}', { InputType: 'JSON', ItemsPointer: '/a/b' })).toEqual([1]);
    expect(() => readItems('{}', { InputType: 'JSON' })).toThrow('Attempting to map over non-iterable node.');
  });

  it('at most MaxItems, where 0 means all', () => {
    expect(readItems('[1,2,3]', { InputType: 'JSON', MaxItems: 2 })).toEqual([1, 2]);
    expect(readItems('[1,2,3]', { InputType: 'JSON', MaxItems: 0 })).toEqual([1, 2, 3]);
    expect(() => readItems('[1]', { InputType: 'JSON', MaxItems: -1 })).toThrow(
      'field MaxItems must be positive',
    );
  });
});
