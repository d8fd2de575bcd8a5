import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '@/lib/expression/json';
import type { MapStorage } from '@/lib/runner/ports';
import { HttpClient } from '../http-client';
import { ServerForTest } from '../server-for-test';
import { openMapStorage } from './storage';

const http = new HttpClient();
let dataFolder: string;
let storage: MapStorage;
let server: ServerForTest;

beforeAll(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'millrace-maps-'));
  await mkdir(join(dataFolder, 'files', 'orders', 'deep'), { recursive: true });
  storage = openMapStorage({ dataFolder, http });
  server = await ServerForTest.open();
});
afterAll(async () => {
  await Promise.all([http.close(), server.close(), rm(dataFolder, { recursive: true })]);
});

const put = (path: string, text: string | Buffer) => writeFile(join(dataFolder, 'files', path), text);

/** All items that a reader gives, page by page. */
async function readAll(resource: string, parameters: Json, config: JsonObject = {}): Promise<Json[]> {
  const items: Json[] = [];
  for (let from: string | undefined; ; ) {
    const asked = from === undefined ? {} : { from };
    const page = await storage.read({ run: 'run-4-1', resource, parameters, config, ...asked });
    items.push(...page.items);
    if (page.next === undefined) return items;
    from = page.next;
  }
}

const readFileItems = (path: string, config: JsonObject = {}) => readAll('millrace:file', { path }, config);

describe('what a file gives', () => {
  it('[T40] JSON lines, empty ones left out, the last one without an end', async () => {
    await put('a.jsonl', '\ufeff{"n":1}\r\n\n[2]\n"drei ü"');
    expect(await readFileItems('a.jsonl')).toEqual([{ n: 1 }, [2], 'drei ü']);
  });

  it('[T40] a JSON list, of the file or at a pointer', async () => {
    await put('a.json', ' [ {"a": "],[\\"}"} , 2,[3,[4]],null ] ');
    expect(await readFileItems('a.json')).toEqual([{ a: '],["}' }, 2, [3, [4]], null]);
    await put('b.json', '{"x":{"list":[9]},"a/b":[0,{"list" : [1,2]},{"list":[]}]}');
    expect(await readFileItems('b.json', { ItemsPointer: '/a~1b/1/list' })).toEqual([1, 2]);
    expect(await readFileItems('b.json', { ItemsPointer: '/a~1b/2/list' })).toEqual([]);
    expect(await readFileItems('b.json', { ItemsPointer: '/x/list' })).toEqual([9]);
  });

  it('[T40] CSV rows as objects, by the first row or by given names', async () => {
    await put('a.csv', '\ufeffid,text\r\n1,"a, ""b""\nc"\r\n2,5" pipe\n3');
    expect(await readFileItems('a.csv')).toEqual([
      { id: '1', text: 'a, "b"\nc' },
      { id: '2', text: '5" pipe' },
      { id: '3', text: '' },
    ]);
    await put('b.txt', '1;2\n3;4');
    const config = {
      InputType: 'CSV',
      CSVDelimiter: 'SEMICOLON',
      CSVHeaderLocation: 'GIVEN',
      CSVHeaders: ['a', 'b'],
    };
    expect(await readFileItems('b.txt', config)).toEqual([
      { a: '1', b: '2' },
      { a: '3', b: '4' },
    ]);
  });

  it('[T40] at most MaxItems, over all pages', async () => {
    await put('many.jsonl', Array.from({ length: 2_500 }, (_, i) => `${i}\n`).join(''));
    expect((await readFileItems('many.jsonl', { MaxItems: 2_001 })).at(-1)).toBe(2_000);
    expect(await readFileItems('many.jsonl', { MaxItems: 0 })).toHaveLength(2_500);
  });

  it.each<[string, string, JsonObject, string]>([
    ['bad.jsonl', '1\n{"a"\n', {}, 'Item 1 of bad.jsonl is no JSON: '],
    ['cut.json', '[1,2', {}, 'cut.json ends in the middle of its list.'],
    [
      'object.json',
      '{"a":1}',
      {},
      'object.json holds no list: give a JSON list, or its place as ItemsPointer.',
    ],
    ['text.json', '{"a":"[1]"}', { ItemsPointer: '/a' }, 'text.json holds no list at /a'],
    ['comma.json', '[1,]', {}, 'Item 1 of comma.json is no JSON: '],
    [
      'x.parquet',
      'PAR1',
      { InputType: 'PARQUET' },
      'InputType "PARQUET" cannot be read here: use CSV, JSON or JSONL.',
    ],
    ['long.jsonl', `"${'x'.repeat(2e6)}"`, {}, 'An item is longer than 1048576 bytes.'],
    [
      'twice.csv',
      '1,2',
      { CSVHeaderLocation: 'GIVEN', CSVHeaders: ['a', 'a'] },
      'CSV headers cannot contain duplicates.',
    ],
  ])('[T41] %s is refused in words', async (path, text, config, problem) => {
    await put(path, text);
    await expect(readFileItems(path, config)).rejects.toThrow(problem);
  });

  it.each(['csv', 'jsonl', 'json'])(
    '[T42] 200,000 items of %s come in pages, and none is kept',
    async (type) => {
      const count = 200_000;
      const text = {
        csv: () => `id,text\n${Array.from({ length: count }, (_, i) => `${i},"some, text ${i}"`).join('\n')}`,
        jsonl: () =>
          Array.from({ length: count }, (_, i) => `{"id":"${i}","text":"some, text ${i}"}`).join('\n'),
        json: () =>
          `[${Array.from({ length: count }, (_, i) => `{"id":"${i}","text":"some, text ${i}"}`).join()}]`,
      }[type];
      await put(`large.${type}`, text?.() ?? '');
      let seen = 0;
      let largest = 0;
      for (let from: string | undefined; ; ) {
        const asked = from === undefined ? {} : { from };
        const job = {
          run: 'r',
          resource: 'millrace:file',
          parameters: { path: `large.${type}` },
          config: {},
        };
        const { items, next } = await storage.read({ ...job, ...asked });
        const wrong = items.findIndex(
          (item, i) => JSON.stringify(item) !== `{"id":"${seen + i}","text":"some, text ${seen + i}"}`,
        );
        expect(wrong).toBe(-1);
        seen += items.length;
        largest = Math.max(largest, items.length);
        if (next === undefined) break;
        from = next;
      }
      expect(seen).toBe(count);
      expect(largest).toBeLessThanOrEqual(1_000);
    },
  );
});

describe('where files are', () => {
  it.each(['../secret.json', '/etc/passwd', 'orders/../../secret.json', 'a\0b', 'out/passwd'])(
    '[T43] %j leads nowhere',
    async (path) => {
      await writeFile(join(dataFolder, 'secret.json'), '[1]');
      await symlink('/etc', join(dataFolder, 'files', 'out')).catch(() => {});
      await expect(readFileItems(path)).rejects.toThrow(/leads out of the folder of files|There is no file/);
      const write = storage.write({
        run: 'r',
        resource: 'millrace:file',
        parameters: { path },
        config: {},
        part: 0,
        last: true,
        parts: [],
        results: [{ status: 'SUCCEEDED', input: 1, output: 1 }],
      });
      if (path === '/etc/passwd') expect(await write).toMatchObject({ folder: '/etc/passwd/r' });
      else await expect(write).rejects.toThrow('leads out of the folder of files');
    },
  );

  it('[T43] a file that is not there is said by name', async () => {
    await expect(readFileItems('none.json')).rejects.toThrow(/^There is no file "none\.json" in the folder /);
  });

  it('[T44] a bucket of S3 is a folder, its objects are listed', async () => {
    await put('orders/a.json', '[1]');
    await put('orders/deep/b.json', '[1,2]');
    expect(await readAll('arn:aws:states:::s3:getObject', { Bucket: 'orders', Key: 'deep/b.json' })).toEqual([
      1, 2,
    ]);
    expect(
      await readAll('arn:aws:states:::s3:listObjectsV2', { Bucket: 'orders', Prefix: 'deep' }),
    ).toMatchObject([{ Key: 'deep/b.json', Size: 5, StorageClass: 'STANDARD' }]);
    expect(await readAll('arn:aws:states:::s3:listObjectsV2', { Bucket: 'orders' })).toHaveLength(2);
  });

  it('[T41] a reader or writer that is not there is told with those that are', async () => {
    await expect(readAll('arn:aws:states:::dynamodb:scan', {})).rejects.toThrow(
      'Nothing here is called "arn:aws:states:::dynamodb:scan": use millrace:file, millrace:http, ',
    );
    await expect(readAll('millrace:file', { Path: 'x' })).rejects.toThrow('The parameters are wrong: path: ');
  });
});

describe('what HTTP gives', () => {
  it('[T45] is fetched once, read in pages, and then removed', async () => {
    const text = Array.from({ length: 2_500 }, (_, i) => `{"n":${i}}\n`).join('');
    server.answer = (response) => void response.end(text);
    server.seen.length = 0;
    const parameters = {
      url: `${server.url}/items.jsonl`,
      headers: { authorization: 'Bearer x' },
      query: { day: 1 },
    };
    const items = await readAll('millrace:http', parameters);
    expect([items.length, items.at(-1)]).toEqual([2_500, { n: 2_499 }]);
    expect(server.seen).toMatchObject([
      { url: '/items.jsonl?day=1', headers: { authorization: 'Bearer x' } },
    ]);
    expect(await readdir(join(dataFolder, 'downloads'))).toEqual([]);
  });

  it('[T45] is fetched again after a crash, and must be the same then', async () => {
    const job = {
      run: 'crashed',
      resource: 'millrace:http',
      parameters: { url: `${server.url}/a.jsonl` },
      config: {},
    };
    const text = '1\n'.repeat(1_500);
    server.answer = (response) => void response.end(text);
    const { next = '' } = await storage.read(job);
    await rm(join(dataFolder, 'downloads', 'crashed'));
    expect((await storage.read({ ...job, from: next })).items).toHaveLength(500);

    server.answer = (response) => void response.end(`${text}1\n`);
    await expect(storage.read({ ...job, from: next })).rejects.toThrow('has changed while it was read');
  });

  it('[T41] an answer that is none is said without its query', async () => {
    server.json({}, 404);
    const parameters = { url: `${server.url}/gone`, query: { key: 's3cret' } };
    await expect(readAll('millrace:http', parameters)).rejects.toThrow(
      `GET ${server.url}/gone answered 404.`,
    );
  });
});

describe('what becomes of results', () => {
  const results = [
    { status: 'SUCCEEDED', input: 1, output: [10] },
    { status: 'SUCCEEDED', input: 2, output: { b: 20 } },
  ] as const;
  const failed = { status: 'FAILED', input: 3, error: 'E', cause: 'c' } as const;
  const job = { run: 'x-4-1', config: {}, part: 0, last: true, parts: [], results: [...results, failed] };
  const read = async (path: string) => JSON.parse(await readFile(join(dataFolder, 'files', path), 'utf8'));

  it('[T46] files of those that succeeded and of those that failed, part by part', async () => {
    const place = { resource: 'millrace:file', parameters: { path: 'out-folder' } };
    const first = await storage.write({ ...job, ...place, last: false, results });
    const last = await storage.write({ ...job, ...place, part: 1, parts: [first], results: [failed] });
    expect(last).toEqual({
      folder: 'out-folder/x-4-1',
      succeeded: [{ path: 'out-folder/x-4-1/SUCCEEDED_0.json', size: expect.any(Number) }],
      failed: [{ path: 'out-folder/x-4-1/FAILED_1.json', size: expect.any(Number) }],
    });
    expect(await read('out-folder/x-4-1/SUCCEEDED_0.json')).toEqual([
      { Status: 'SUCCEEDED', Input: 1, Output: [10] },
      { Status: 'SUCCEEDED', Input: 2, Output: { b: 20 } },
    ]);
    expect(await read('out-folder/x-4-1/FAILED_1.json')).toEqual([
      { Status: 'FAILED', Input: 3, Error: 'E', Cause: 'c' },
    ]);
    expect(await storage.write({ ...job, ...place, last: false, results })).toEqual(first);
  });

  it("[T46] a manifest in AWS's words", async () => {
    const result = await storage.write({
      ...job,
      resource: 'arn:aws:states:::s3:putObject',
      parameters: { Bucket: 'results', Prefix: 'nightly' },
      config: { OutputType: 'JSONL', Transformation: 'FLATTEN' },
    });
    expect(result).toEqual({
      MapRunArn: 'x-4-1',
      ResultWriterDetails: { Bucket: 'results', Key: 'nightly/x-4-1/manifest.json' },
    });
    expect(await read('results/nightly/x-4-1/manifest.json')).toMatchObject({
      ResultFiles: { SUCCEEDED: [{ Key: 'nightly/x-4-1/SUCCEEDED_0.jsonl', Size: 12 }] },
    });
    const text = await readFile(join(dataFolder, 'files', 'results/nightly/x-4-1/SUCCEEDED_0.jsonl'), 'utf8');
    expect(text).toBe('10\n{"b":20}\n');
  });

  it('[T46] without a place they become the result', async () => {
    const place = {
      resource: '',
      parameters: null,
      config: { Transformation: 'COMPACT', OutputType: 'JSON' },
    };
    expect(await storage.write({ ...job, ...place, parts: [[1, 2]] })).toEqual([1, 2, [10], { b: 20 }]);
  });
});
