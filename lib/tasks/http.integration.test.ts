import { createServer } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { JsonObject } from '@/lib/expression/json';
import type { TaskCall } from '@/lib/runner/ports';
import { callFor } from './call-for-test';
import { httpKind } from './http';
import { HttpClient } from './http-client';
import { ServerForTest } from './server-for-test';

const client = new HttpClient();
const kind = httpKind(client);
let server: ServerForTest;
let other: ServerForTest;

beforeAll(async () => {
  [server, other] = await Promise.all([ServerForTest.open(), ServerForTest.open()]);
});
beforeEach(() => {
  for (const one of [server, other]) {
    one.seen.length = 0;
    one.json({ ok: true });
  }
});
afterAll(async () => {
  await Promise.all([client.close(), server.close(), other.close()]);
});

const send = (parameters: JsonObject = {}, more: Partial<TaskCall> = {}) =>
  callFor(kind, { url: `${server.url}/orders`, ...parameters }, more);

/** Error and cause of a request that fails. */
async function failure(parameters: JsonObject, more: Partial<TaskCall> = {}) {
  const { result } = await send(parameters, more);
  if (result.kind !== 'failed') throw new Error(JSON.stringify(result));
  return [result.error, result.cause];
}

const host = () => new URL(server.url).host;

describe('what is sent', () => {
  it('[T10] a GET with nothing else, known by its idempotency key', async () => {
    await send();
    expect(server.seen).toMatchObject([
      {
        method: 'GET',
        url: '/orders',
        headers: {
          'idempotency-key': '0190b2c8-0000-7000-8000-000000000001/4/1',
          'user-agent': 'millrace',
        },
        body: '',
      },
    ]);
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])('[T10] a %s with a JSON body', async (method) => {
    await send({ method, body: { n: [1, 'ü'] } });
    expect(server.seen).toMatchObject([
      { method, headers: { 'content-type': 'application/json' }, body: '{"n":[1,"ü"]}' },
    ]);
  });

  it('[T10] a text is sent as it is, and a header of the flow counts more than the usual one', async () => {
    await send({ method: 'POST', body: '<a/>' });
    await send({
      method: 'POST',
      body: '<a/>',
      headers: { 'Content-Type': 'text/xml', 'X-Count': 3, 'X-Yes': true, 'IDEMPOTENCY-KEY': 'mine' },
    });
    expect(server.seen).toMatchObject([
      { headers: { 'content-type': 'text/plain; charset=utf-8' }, body: '<a/>' },
      { headers: { 'content-type': 'text/xml', 'x-count': '3', 'x-yes': 'true', 'idempotency-key': 'mine' } },
    ]);
  });

  it('[T10] parts of the query are escaped and added to those of the address', async () => {
    await send({
      url: `${server.url}/a b?x=1#part`,
      query: { q: 'a&b=c d/ü', n: 2, yes: true, many: ['1', 2], 'na me': '' },
    });
    expect(server.seen[0]?.url).toBe('/a%20b?x=1&q=a%26b%3Dc+d%2F%C3%BC&n=2&yes=true&many=1&many=2&na+me=');
  });

  it('[T10] name and password of the address become basic authentication', async () => {
    await send({ url: server.url.replace('//', '//jo%40x:pa%3Ass@') });
    expect(server.seen[0]?.headers.authorization).toBe(
      `Basic ${Buffer.from('jo@x:pa:ss').toString('base64')}`,
    );
  });
});

describe('what comes back', () => {
  it('[T11] status, headers in lower case, and the body parsed where it is JSON', async () => {
    server.answer = (response) =>
      void response
        .writeHead(201, { 'Content-Type': 'application/problem+json; charset=utf-8', 'X-Two': ['a', 'b'] })
        .end('{"id":7}');
    const { result } = await send({ method: 'POST' });
    expect(result).toMatchObject({
      kind: 'succeeded',
      output: { status: 201, headers: { 'x-two': 'a, b' }, body: { id: 7 } },
    });
  });

  it.each([
    ['text/plain', Buffer.from('{"id":7}'), '{"id":7}'],
    ['text/html; charset=latin1', Buffer.from('gr\xfcn', 'latin1'), 'grün'],
    ['text/plain; charset=nonsense', Buffer.from('grün'), 'grün'],
    ['', Buffer.from('plain'), 'plain'],
    ['application/json', Buffer.alloc(0), null],
  ])('[T11] a body of type "%s" is text, and none is null', async (type, bytes, body) => {
    server.answer = (response) => {
      if (type !== '') response.setHeader('content-type', type);
      response.end(bytes);
    };
    expect((await send()).result).toMatchObject({ output: { body } });
  });

  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
  ])('[T11] a body that was packed by %s is unpacked', async (name, pack) => {
    server.answer = (response) =>
      void response
        .writeHead(200, { 'content-type': 'application/json', 'content-encoding': name })
        .end(pack('{"ok":true}'));
    expect((await send()).result).toMatchObject({ output: { body: { ok: true } } });
  });

  it('[T11] an answer without a body may say how one would be packed', async () => {
    server.answer = (response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end();
    expect((await send({ method: 'HEAD' })).result).toMatchObject({ output: { status: 200, body: null } });
    server.answer = (response) => void response.writeHead(204, { 'content-encoding': 'gzip' }).end();
    expect((await send()).result).toMatchObject({ output: { status: 204, body: null } });
  });

  it('[T11] names that mean something to JavaScript are plain data', async () => {
    server.answer = (response) =>
      void response
        .writeHead(200, { 'content-type': 'application/json', __proto__x: '1' })
        .end('{"__proto__":{"polluted":1},"constructor":2}');
    const { result } = await send();
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
    expect(JSON.stringify(result)).toContain('"body":{"__proto__":{"polluted":1},"constructor":2}');
  });
});

describe('which status is expected', () => {
  it.each<[number, JsonObject[string], boolean]>([
    [200, undefined as never, true],
    [299, undefined as never, true],
    [302, undefined as never, false],
    [404, undefined as never, false],
    [404, 404, true],
    [404, '404', true],
    [404, ['2xx', 404], true],
    [418, '4XX', true],
    [200, '4xx', false],
    [503, ['2xx', '404'], false],
    [299, '200-299', true],
    [404, ['200-299', '404-410'], true],
    [300, ['200-299', 404], false],
  ])('[T12] %i where %j is expected: %s', async (status, expectedStatus, expected) => {
    server.json({ why: 'so' }, status);
    const { result } = await send({
      method: 'POST',
      ...(expectedStatus === undefined ? {} : { expectedStatus }),
    });
    if (expected) expect(result).toMatchObject({ kind: 'succeeded', output: { status } });
    else expect(result).toEqual({ kind: 'failed', error: `Http.Status.${status}`, cause: '{"why":"so"}' });
  });

  it('[T12] where the service says nothing the cause says what was asked', async () => {
    server.answer = (response) => void response.writeHead(500).end();
    expect(await failure({ query: { key: 's3cret' } })).toEqual([
      'Http.Status.500',
      `GET ${server.url}/orders answered 500`,
    ]);
  });
});

describe('how a request fails', () => {
  it('[T13] too slow, before the answer and in the middle of it', async () => {
    const late = ['States.Timeout', 'The answer was not there after 0.1 seconds.'];
    server.answer = () => {};
    expect(await failure({ timeoutSeconds: 0.1 })).toEqual(late);
    server.answer = (response) => void response.writeHead(200).write('begun');
    expect(await failure({ timeoutSeconds: 0.1 })).toEqual(late);
  });

  it('[T13] too large, also where it was packed small or has no end', async () => {
    const cause =
      'The body has more than 1000 bytes. Raise maxResponseBytes, or let the service store it and answer with a reference.';
    server.answer = (response) =>
      void response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(1e7)));
    expect(await failure({ maxResponseBytes: 1000 })).toEqual(['Http.ResponseTooLarge', cause]);
    server.answer = (response) => {
      const go = () => response.write('x'.repeat(500)) && setImmediate(go);
      response.on('drain', go);
      go();
    };
    expect(await failure({ maxResponseBytes: 1000 })).toEqual(['Http.ResponseTooLarge', cause]);
    server.answer = (response) => void response.end('x'.repeat(1000));
    expect((await send({ maxResponseBytes: 1000 })).result.kind).toBe('succeeded');
  });

  it('[T13] JSON that is none', async () => {
    server.answer = (response) =>
      void response.writeHead(200, { 'content-type': 'application/json' }).end('{"a":');
    const [error, cause] = await failure({});
    expect(error).toBe('Http.InvalidResponse');
    expect(cause).toMatch(/^The body is declared as JSON but cannot be read as such: /);
  });

  it('[T13] JSON that is nested deeper than anything could follow', async () => {
    server.answer = (response) =>
      void response
        .writeHead(200, { 'content-type': 'application/json' })
        .end('['.repeat(50_000) + ']'.repeat(50_000));
    const [error, cause] = await failure({});
    expect(error).toBe('Http.InvalidResponse');
    expect(cause).toContain('1000 levels deep');
  });

  it('[T13] packed wrongly', async () => {
    server.answer = (response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end('no gzip');
    expect(await failure({})).toEqual([
      'Http.InvalidResponse',
      `The body that ${host()} sent cannot be unpacked.`,
    ]);
  });

  it('[T13] nobody there', async () => {
    const gone = await ServerForTest.open();
    const { url } = gone;
    await gone.close();
    expect(await failure({ url })).toEqual([
      'Http.ConnectionFailed',
      `Nothing listens at ${new URL(url).host}: the connection was refused.`,
    ]);
    expect(await failure({ url: 'http://no-such-host.invalid/?key=s3cret' })).toEqual([
      'Http.ConnectionFailed',
      expect.stringMatching(
        /^(There is no host called no-such-host\.invalid\.|The name no-such-host\.invalid could not be looked up now\.)$/,
      ),
    ]);
  });

  it.each([
    ['is closed without an answer', (write: (text: string) => void) => write('')],
    [
      'is closed in the middle',
      (write: (text: string) => void) => write('HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\nbegun'),
    ],
  ])('[T13] a connection that %s', async (_, answer) => {
    const raw = createServer((socket) => {
      socket.once('data', () => {
        answer((text) => socket.write(text));
        socket.end();
      });
      socket.on('error', () => {});
    });
    await new Promise<void>((resolve) => raw.listen(0, '127.0.0.1', resolve));
    const address = raw.address();
    const port = typeof address === 'object' ? address?.port : 0;
    expect(await failure({ url: `http://127.0.0.1:${port}/` })).toEqual([
      'Http.ConnectionFailed',
      `127.0.0.1:${port} closed the connection before it had answered.`,
    ]);
    raw.close();
  });

  it('[T13] what is no HTTP', async () => {
    const raw = createServer((socket) => socket.once('data', () => socket.end('SSH-2.0-OpenSSH_9\r\n')));
    await new Promise<void>((resolve) => raw.listen(0, '127.0.0.1', resolve));
    const address = raw.address();
    const port = typeof address === 'object' ? address?.port : 0;
    expect(await failure({ url: `http://127.0.0.1:${port}/` })).toEqual([
      'Http.InvalidResponse',
      `What 127.0.0.1:${port} answered is no HTTP.`,
    ]);
    raw.close();
  });

  it('[T13] an aborted call ends its request', async () => {
    const stop = new AbortController();
    const gone = new Promise((resolve) => {
      server.answer = (response) => {
        response.on('close', resolve);
        stop.abort();
      };
    });
    const { result } = await send({}, { signal: stop.signal });
    expect(result.kind).toBe('failed');
    await gone;
  });
});

describe('redirects', () => {
  const redirect = (to: string, status = 302) => {
    server.answer = (response, { url }) =>
      url.startsWith('/orders')
        ? void response.writeHead(status, { location: to }).end()
        : void response.writeHead(200, { 'content-type': 'application/json' }).end('"arrived"');
  };

  it('[T14] what only asks is sent on, with all that it says while the origin is the same', async () => {
    redirect('/elsewhere?a=1');
    const { result } = await send({ headers: { authorization: 'Bearer s3cret', 'x-api-key': 'k' } });
    expect(result).toMatchObject({ output: { body: 'arrived' } });
    expect(server.seen[1]).toMatchObject({
      url: '/elsewhere?a=1',
      headers: { authorization: 'Bearer s3cret', 'x-api-key': 'k' },
    });
  });

  it('[T14] another origin is told no secret', async () => {
    redirect(`${other.url}/there`);
    await send({
      headers: { authorization: 'Bearer s3cret', cookie: 'a=1', 'x-api-key': 'k' },
      query: { key: 's3cret' },
    });
    expect(Object.keys(other.seen[0]?.headers ?? {}).sort()).toEqual([
      'accept',
      'connection',
      'host',
      'user-agent',
    ]);
    expect(other.seen[0]?.url).toBe('/there');
  });

  it('[T14] and none after it has sent the request back', async () => {
    redirect(`${other.url}/there`);
    other.answer = (response) => void response.writeHead(302, { location: `${server.url}/back` }).end();
    await send({ headers: { authorization: 'Bearer s3cret' } });
    expect(server.seen[1]).toMatchObject({ url: '/back' });
    expect(server.seen[1]?.headers).not.toHaveProperty('authorization');
  });

  it('[T14] what changes something is not sent on', async () => {
    redirect('/elsewhere', 307);
    expect(await failure({ method: 'POST', body: 1 })).toEqual([
      'Http.Status.307',
      `POST ${server.url}/orders answered 307`,
    ]);
    expect(server.seen).toHaveLength(1);
  });

  it('[T14] circles and places that are none are failures', async () => {
    server.answer = (response) => void response.writeHead(302, { location: '/orders' }).end();
    expect(await failure({})).toEqual([
      'Http.TooManyRedirects',
      `${host()} sent the request on more than 5 times.`,
    ]);
    redirect('file:///etc/passwd');
    expect(await failure({})).toEqual([
      'Http.InvalidResponse',
      `${host()} sends the request on to an address that cannot be read.`,
    ]);
  });
});

describe('where no request goes', () => {
  const cause = (name: string) =>
    `Requests to ${name} are not allowed: it hands out the machine's credentials.`;

  it.each([
    ['http://169.254.169.254/latest/meta-data', '169.254.169.254'],
    ['http://2852039166/', '169.254.169.254'],
    ['http://0xa9.254.0251.254/', '169.254.169.254'],
    ['http://[::ffff:169.254.169.254]/', '::ffff:a9fe:a9fe'],
    ['http://[fd00:ec2::254]/', 'fd00:ec2::254'],
    ['http://169.254.170.2/v2/credentials', '169.254.170.2'],
  ])('[T15] %s', async (url, name) => {
    expect(await failure({ url })).toEqual(['Http.Forbidden', cause(name)]);
  });

  it('[T15] nor is one sent on there', async () => {
    server.answer = (response) =>
      void response.writeHead(302, { location: 'http://169.254.169.254/latest' }).end();
    expect(await failure({})).toEqual(['Http.Forbidden', cause('169.254.169.254')]);
  });
});

describe('what is not said', () => {
  it('[T4] logs tell method, address, status and size, and no secret', async () => {
    server.json({ token: 's3cret' });
    const { lines } = await send({
      method: 'POST',
      url: `${server.url.replace('//', '//jo:s3cret@')}/orders?key=s3cret`,
      query: { key: 's3cret' },
      headers: { authorization: 's3cret' },
      body: 's3cret',
    });
    expect(lines).toEqual([
      `info: POST ${server.url}/orders`,
      expect.stringMatching(/^info: 200 after \d+ ms, 18 bytes$/),
    ]);
  });
});

describe('parameters', () => {
  it.each<[JsonObject, string]>([
    [{ url: 'ftp://x' }, 'url: Write a whole address that begins with http:// or https://'],
    [{ url: 'http://' }, 'url: '],
    [{ method: 'TRACE' }, 'method: '],
    [{ headers: { 'a\r\nb': '1' } }, 'headers.a\r\nb: '],
    [{ headers: { a: '1\r\nb: 2' } }, 'headers.a: '],
    [{ headers: { a: 'grün€' } }, 'headers.a: '],
    [
      { headers: { 'Transfer-Encoding': 'chunked' } },
      'headers.Transfer-Encoding: This header is set by the connection itself',
    ],
    [
      { headers: { 'Content-Length': 1 } },
      'headers.Content-Length: This header is set by the connection itself',
    ],
    [{ expectedStatus: 'fine' }, 'expectedStatus: '],
    [{ expectedStatus: [] }, 'expectedStatus: '],
    [{ expectedStatus: '299-200' }, 'expectedStatus: '],
    [{ timeoutSeconds: 0 }, 'timeoutSeconds: '],
    [{ maxResponseBytes: 1e9 }, 'maxResponseBytes: '],
    [{ retries: 1 }, 'Unrecognized key: "retries"'],
  ])('[T1] %j is refused before anything is sent', async (wrong, problem) => {
    const parsed = kind.parse({ url: 'http://127.0.0.1/', ...wrong });
    expect(parsed).toMatchObject({ ok: false, problem: expect.stringContaining(problem) });
  });
});
