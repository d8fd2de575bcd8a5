/** What clients send by mistake or on purpose. */

/** Path segments, as they stand in an address. */
export const segments = [
  'x',
  '0',
  '-1',
  '1e3',
  '1.5',
  '2147483648',
  '9'.repeat(400),
  '00000000-0000-7000-8000-000000000000',
  '%00',
  '%ff',
  '%ED%A0%80',
  '%',
  '%zz',
  '..%2f..%2fetc%2fpasswd',
  '%2e%2e',
  "'%20OR%201=1--",
  '__proto__',
  'constructor',
  '%F0%9F%98%80',
  '%5BexecutionId%5D',
  'latest',
];

/** Values of a query, not yet encoded. */
export const queryValues = [
  '',
  ' ',
  'x',
  '-1',
  '0',
  '1e9',
  '99999999999999999999',
  'NaN',
  'null',
  'true',
  '\0',
  'a\0b',
  '\ufffd',
  "'; DROP TABLE flow; --",
  '%',
  '\\',
  '__proto__',
  '{"before":1}',
  'eyJiZWZvcmUiOiJ4In0',
  Buffer.from('["x"]').toString('base64url'),
  Buffer.from('{"updatedAt":"x","id":"y"}').toString('base64url'),
  'running,running,nothing',
  'a'.repeat(5000),
  '😀',
];

/** JSON texts that take the place of one value in a body. */
export const jsonTexts = [
  'null',
  'true',
  '0',
  '-1',
  '1.5',
  '1e400',
  '9007199254740993',
  '""',
  '"x"',
  String.raw`"\u0000"`,
  String.raw`"a\u0000b"`,
  String.raw`"\ud800"`,
  String.raw`"\udc00\ud800"`,
  '"😀"',
  '"__proto__"',
  '"toString"',
  JSON.stringify('long '.repeat(60_000)),
  '[]',
  '[[]]',
  '{}',
  '{"__proto__":{"polluted":true}}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  String.raw`{"\u0000":1}`,
  String.raw`{"\ud800":1}`,
  '{"":""}',
  nested(150),
  nested(201),
  nested(50_000),
];

function nested(depth: number): string {
  return `${'['.repeat(depth)}${']'.repeat(depth)}`;
}

/** Whole bodies. */
export const bodies: readonly (string | Buffer)[] = [
  '',
  ' ',
  'null',
  'true',
  '1',
  '"x"',
  '[]',
  '{',
  '{"a":1}}',
  "{'a':1}",
  '{"a":1,"a":2}',
  '\ufeff{}',
  'undefined',
  Buffer.from([0xff, 0xfe, 0x7b, 0x7d]),
  Buffer.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x3a, 0x31, 0x7d]),
  Buffer.from([0]),
  nested(100_000),
  `{"name":"${'x'.repeat(5 * 1024 * 1024)}"}`,
];

export const contentTypes = [
  undefined,
  '',
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'multipart/form-data; boundary=x',
  'application/json; charset=utf-16',
  'application/jsonp',
  'application/vnd.api+json',
  ';',
];

export const accepted = ['text/html', 'image/png', '*/*;q=0', 'nonsense', ''];

export const methods = [
  'GET',
  'HEAD',
  'OPTIONS',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'PROPFIND',
  'TRACE',
  'QUERY',
];
