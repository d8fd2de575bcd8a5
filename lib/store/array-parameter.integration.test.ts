import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plainArray, textArray } from './array-parameter';
import { openTestDatabase, type TestDatabase } from './test-database';

/** J12 What a list holds is what PostgreSQL reads of it. */
let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(async () => {
  await database?.close();
});

async function read(type: string, parameter: Buffer | string): Promise<unknown> {
  const [row] = await database.sql<{ list: unknown }>(`SELECT to_json($1::${type}) AS list`, [parameter]);
  return row?.list;
}

describe('lists as parameters', () => {
  it('[J12] ids, in small and capital letters, and none', async () => {
    const ids = ['01a222d2-dfa8-760a-97a3-302d9f53e6df', 'ffffffff-0000-4000-8000-9876543210AB'];
    expect(await read('uuid[]', plainArray([...ids, null, undefined]))).toEqual([
      ...ids.map((id) => id.toLowerCase()),
      null,
      null,
    ]);
  });

  it('[J12] numbers of 32 bits', async () => {
    const numbers = [0, 1, -1, 2_147_483_647, -2_147_483_648, null];
    expect(await read('int[]', plainArray(numbers))).toEqual(numbers);
  });

  it('[J12] times, and none at all', async () => {
    const numbers = [1_790_000_000_000.5, -0.25, null];
    expect(await read('float8[]', plainArray(numbers))).toEqual(numbers);
    expect(await read('float8[]', plainArray([Number.POSITIVE_INFINITY]))).toEqual(['Infinity']);
  });

  it('[J12] yes, no and unknown', async () => {
    expect(await read('bool[]', plainArray([true, false, undefined]))).toEqual([true, false, null]);
  });

  it('[J12] any text: empty, of several bytes a character, with quotation marks, braces and control characters', async () => {
    const list = ['', 'NULL', null, '{"a":"b,c"}', 'ü€😀', 'a\\"b', '\x1e\x01\n', 'x'.repeat(10_000)];
    expect(await read('text[]', textArray(list))).toEqual(list);
  });

  it('[J12] half a character becomes the sign for an unreadable one', async () => {
    expect(await read('text[]', textArray(['a\ud800b']))).toEqual(['a\u{fffd}b']);
  });

  it('[J12] a text with NUL is refused', async () => {
    await expect(read('text[]', textArray(['a\0b']))).rejects.toThrow('invalid byte sequence');
  });

  it('[J12] lists of nothing', async () => {
    expect(await read('text[]', textArray([]))).toEqual([]);
    expect(await read('uuid[]', plainArray([]))).toEqual([]);
  });
});
