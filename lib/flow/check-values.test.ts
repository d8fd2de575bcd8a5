import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '@/lib/expression/json';
import { check } from './check';

/** Which values each field takes: what is right at its bounds, what is wrong just beyond them, and which fields exclude each other. */

const end = { End: true };
const task = { Type: 'Task', Resource: 'millrace:http', ...end };
const wait = { Type: 'Wait', ...end };
const machine = { StartAt: 'I', States: { I: { Type: 'Succeed' } } };
const config = { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' };
const map = { Type: 'Map', ItemProcessor: { ...machine, ProcessorConfig: config }, ...end };
const retrier = { ErrorEquals: ['E'] };
const catcher = { ErrorEquals: ['E'], Next: 'Z' };
const writer = { OutputType: 'JSON', Transformation: 'NONE' };

/** The codes of all problems of a definition with the one state. */
function codes(state: JsonObject, around: JsonObject = {}): string[] {
  const z = JSON.stringify(state).includes('"Z"') ? { Z: { Type: 'Succeed' } } : {};
  return check({ StartAt: 'A', States: { A: state, ...z }, ...around }).map(({ code }) => code);
}

const jsonata = (state: JsonObject) => codes(state, { QueryLanguage: 'JSONata' });

type Holding = (value: Json) => JsonObject;
const retry =
  (field: string): Holding =>
  (value) => ({ ...task, Retry: [{ ...retrier, [field]: value }] });
const catching =
  (field: string): Holding =>
  (value) => ({ ...task, Catch: [{ ...catcher, [field]: value }] });
const reading =
  (field: string): Holding =>
  (value) => ({ ...map, ItemReader: { Resource: 'r', ReaderConfig: { [field]: value } } });
const batching =
  (field: string): Holding =>
  (value) => ({ ...map, ItemBatcher: { [field]: value } });
const writing =
  (field: string): Holding =>
  (value) => ({ ...map, ResultWriter: { Resource: 'w', WriterConfig: { ...writer, [field]: value } } });
const mapping =
  (field: string): Holding =>
  (value) => ({ ...map, [field]: value });

const seconds = [1, 99_999_999];
const noSeconds = [0, -1, 1.5, 100_000_000, '1', null];
const words = [0, null, ['x'], 'nothing of the kind', ''];

const fields: readonly (readonly [string, Holding, readonly Json[], readonly Json[]])[] = [
  ['Retry: ErrorEquals', retry('ErrorEquals'), [['E'], ['E', 'F']], [[], 'E', [''], [1], null]],
  ['Retry: IntervalSeconds', retry('IntervalSeconds'), seconds, noSeconds],
  ['Retry: MaxAttempts', retry('MaxAttempts'), [0, 99_999_999], [-1, 0.5, 100_000_000, '3', null]],
  ['Retry: BackoffRate', retry('BackoffRate'), [1, 1.5, 1000], [0.99, 0, -1, '2', null]],
  ['Retry: MaxDelaySeconds', retry('MaxDelaySeconds'), [2, 31_622_399], [1, 0, 31_622_400, 2.5, '9', null]],
  ['Retry: JitterStrategy', retry('JitterStrategy'), ['FULL', 'NONE'], ['full', ...words]],
  ['Retry: Comment', retry('Comment'), ['', 'because'], [1, null]],
  ['Catch: ErrorEquals', catching('ErrorEquals'), [['E'], ['States.ALL']], [[], 'E', null]],
  ['Catch: Next', catching('Next'), ['Z'], ['', 1, null]],
  ['Catch: ResultPath', catching('ResultPath'), ['$', '$.a[0]', null], ['$.a[*]', '$$.a', '$v', 'a', 1]],
  ['Catch: Assign', catching('Assign'), [{}, { 'v.$': '$.Cause' }], [1, 'v', { 'v.$': 'x' }]],
  ['Task: TimeoutSeconds', (value) => ({ ...task, TimeoutSeconds: value }), seconds, noSeconds],
  ['Task: HeartbeatSeconds', (value) => ({ ...task, HeartbeatSeconds: value }), seconds, noSeconds],
  ['Wait: Seconds', (value) => ({ ...wait, Seconds: value }), [0, 99_999_999], [-1, 1.5, 100_000_000, '1']],
  [
    'Wait: Timestamp',
    (value) => ({ ...wait, Timestamp: value }),
    ['2030-01-31T12:00:00Z', '2030-01-31T12:00:00.5+02:00'],
    ['2030-01-31', '2030-01-31T12:00:00', 5, null],
  ],
  [
    'Choice: Default',
    (value) => choice({ Variable: '$.a', IsNull: true }, { Default: value }),
    ['Z'],
    ['', 1],
  ],
  ['Map: MaxConcurrency', mapping('MaxConcurrency'), [0, 1, 40, 10_000], [-1, 1.5, '1', null]],
  ['Map: ToleratedFailureCount', mapping('ToleratedFailureCount'), [0, 7], [-1, 1.5, '1', null]],
  [
    'Map: ToleratedFailurePercentage',
    mapping('ToleratedFailurePercentage'),
    [0, 12.5, 100],
    [-0.1, 100.1, '5', null],
  ],
  [
    'Map: Label',
    mapping('Label'),
    ['l', 'x'.repeat(40), 'Größe-1_b'],
    ['', 'x'.repeat(41), 'a b', 'a/b', 'a:b', 'a*', '<a>', 'a\nb', 1, null],
  ],
  [
    'ReaderConfig: InputType',
    reading('InputType'),
    ['CSV', 'JSON', 'JSONL', 'PARQUET', 'MANIFEST'],
    ['csv', ...words],
  ],
  [
    'ReaderConfig: CSVHeaderLocation',
    reading('CSVHeaderLocation'),
    ['FIRST_ROW'],
    ['GIVEN', 'first_row', ...words],
  ],
  ['ReaderConfig: CSVHeaders', reading('CSVHeaders'), [['a', '']], [[], 'a', [1], null]],
  [
    'ReaderConfig: CSVDelimiter',
    reading('CSVDelimiter'),
    ['COMMA', 'PIPE', 'SEMICOLON', 'SPACE', 'TAB'],
    [',', 'DOT', ...words],
  ],
  ['ReaderConfig: MaxItems', reading('MaxItems'), [0, 1, 100_000_000], [-1, 1.5, '1', null]],
  [
    'ReaderConfig: MaxItemsPath',
    reading('MaxItemsPath'),
    ['$.n', '$n', '$$.Execution.Input.n'],
    ['n', 1, null],
  ],
  ['ReaderConfig: ItemsPointer', reading('ItemsPointer'), ['/a/b'], [1, null]],
  [
    'ReaderConfig: Transformation',
    reading('Transformation'),
    ['NONE', 'LOAD_AND_FLATTEN'],
    ['FLATTEN', ...words],
  ],
  ['ReaderConfig: ManifestType', reading('ManifestType'), ['ATHENA_DATA', 'S3_INVENTORY'], words],
  ['ItemBatcher: MaxItemsPerBatch', batching('MaxItemsPerBatch'), [1, 1000], [0, -1, 1.5, '1', null]],
  ['ItemBatcher: MaxItemsPerBatchPath', batching('MaxItemsPerBatchPath'), ['$.n'], ['n', 1, null]],
  [
    'ItemBatcher: MaxInputBytesPerBatch',
    batching('MaxInputBytesPerBatch'),
    [1, 262_144],
    [0, 262_145, 1.5, '1', null],
  ],
  ['WriterConfig: OutputType', writing('OutputType'), ['JSON', 'JSONL'], ['CSV', 'json', ...words]],
  [
    'WriterConfig: Transformation',
    writing('Transformation'),
    ['NONE', 'COMPACT', 'FLATTEN'],
    ['flatten', ...words],
  ],
];

function choice(rule: JsonObject, more: JsonObject = {}): JsonObject {
  return { Type: 'Choice', Choices: [{ ...rule, Next: 'Z' }], ...more };
}

const texts: readonly Json[] = ['', 'x'];
const noTexts: readonly Json[] = [1, true, null, ['x'], {}];
const flags: readonly Json[] = [true, false];
const noFlags: readonly Json[] = ['true', 1, null];
const orders = ['Equals', 'LessThan', 'GreaterThan', 'LessThanEquals', 'GreaterThanEquals'];
const moments: readonly Json[] = ['2030-01-31T12:00:00Z'];
const operands: readonly (readonly [string, readonly Json[], readonly Json[]])[] = [
  ...orders.flatMap((order): [string, readonly Json[], readonly Json[]][] => [
    [`String${order}`, texts, noTexts],
    [`Numeric${order}`, [0, -1.5], ['1', true, null]],
    [`Timestamp${order}`, moments, ['2030-01-31', 'noon', 1, null]],
  ]),
  ['BooleanEquals', flags, noFlags],
  ['StringMatches', ['', 'a*'], noTexts],
  ...['Null', 'Present', 'Numeric', 'String', 'Boolean', 'Timestamp'].map(
    (type) => [`Is${type}`, flags, noFlags] as [string, readonly Json[], readonly Json[]],
  ),
];
const paths: readonly Json[] = ['$.b', '$$.State.Name', '$v.x'];
const noPaths: readonly Json[] = ['b', 1, true, null, ''];

/** A variable that nobody has assigned is only doubtful, and not what is asked about here. */
const isRight = (found: readonly string[]) => found.every((code) => code === 'UNDEFINED_VARIABLE');

describe('[F21] a field takes', () => {
  test.each(fields)('%s', (_, holding, right, wrong) => {
    const values = [...right, ...wrong];
    expect(values.filter((value) => isRight(codes(holding(value))))).toEqual(right);
  });

  test.each<[string, Json, readonly Json[]]>([
    ['TimeoutSeconds', 1, [0, -1, 1.5, '9', 100_000_000]],
    ['Version', '1.0', ['1', '2.0', 1]],
    ['Comment', '', [1]],
    ['QueryLanguage', 'JSONPath', ['jsonpath', 'XPath', 1]],
  ])('the definition: %s', (field, right, wrong) => {
    const values = [right, ...wrong];
    expect(values.filter((value) => isRight(codes({ Type: 'Succeed' }, { [field]: value })))).toEqual([
      right,
    ]);
  });
});

describe('[F28] an operator compares with', () => {
  test.each(operands)('%s', (operator, right, wrong) => {
    const values = [...right, ...wrong];
    const found = (value: Json) => codes(choice({ Variable: '$.a', [operator]: value }));
    expect(values.filter((value) => isRight(found(value)))).toEqual(right);
  });

  test.each([
    ...orders.flatMap((order) => [`String${order}`, `Numeric${order}`, `Timestamp${order}`]),
    'BooleanEquals',
  ])('%sPath', (operator) => {
    const found = (value: Json) => codes(choice({ Variable: '$.a', [`${operator}Path`]: value }));
    expect([...paths, ...noPaths].filter((value) => isRight(found(value)))).toEqual(paths);
  });
});

describe('[F21] only one of', () => {
  test.each<[JsonObject, JsonObject]>([
    [wait, { Seconds: 1, SecondsPath: '$.s' }],
    [wait, { Seconds: 1, Timestamp: '2030-01-31T12:00:00Z' }],
    [wait, { Timestamp: '2030-01-31T12:00:00Z', TimestampPath: '$.t' }],
    [wait, { SecondsPath: '$.s', TimestampPath: '$.t' }],
    [task, { TimeoutSeconds: 9, TimeoutSecondsPath: '$.t' }],
    [task, { HeartbeatSeconds: 9, HeartbeatSecondsPath: '$.t' }],
    [{ Type: 'Fail' }, { Error: 'E', ErrorPath: '$.e' }],
    [{ Type: 'Fail' }, { Cause: 'c', CausePath: '$.c' }],
    [map, { ItemSelector: { a: 1 }, Parameters: { b: 1 } }],
    [map, { MaxConcurrency: 1, MaxConcurrencyPath: '$.n' }],
    [map, { ToleratedFailureCount: 1, ToleratedFailureCountPath: '$.n' }],
    [map, { ToleratedFailurePercentage: 1, ToleratedFailurePercentagePath: '$.n' }],
  ])('%j: %j', (state, pair) => {
    expect(codes({ ...state, ...pair })).toEqual(['EXCLUSIVE_FIELDS']);
    for (const [name, value] of Object.entries(pair)) expect(codes({ ...state, [name]: value })).toEqual([]);
  });

  test.each<[(fields: JsonObject) => JsonObject, JsonObject]>([
    [(given) => ({ ...map, ItemBatcher: given }), { MaxItemsPerBatch: 1, MaxItemsPerBatchPath: '$.n' }],
    [
      (given) => ({ ...map, ItemBatcher: given }),
      { MaxInputBytesPerBatch: 9, MaxInputBytesPerBatchPath: '$.n' },
    ],
    [
      (given) => ({ ...map, ItemReader: { Resource: 'r', ReaderConfig: given } }),
      { MaxItems: 1, MaxItemsPath: '$.n' },
    ],
    [(given) => ({ ...task, Credentials: given }), { RoleArn: 'r', 'RoleArn.$': '$.r' }],
  ])('%#: %j', (holding, pair) => {
    expect(codes(holding(pair))).toEqual(['EXCLUSIVE_FIELDS']);
    for (const [name, value] of Object.entries(pair)) expect(codes(holding({ [name]: value }))).toEqual([]);
  });
});

describe('[F21] numbers that JSONata may compute', () => {
  test.each<[string, (value: Json) => JsonObject]>([
    ['TimeoutSeconds', (value) => ({ ...task, TimeoutSeconds: value })],
    ['HeartbeatSeconds', (value) => ({ ...task, HeartbeatSeconds: value })],
    ['Seconds', (value) => ({ ...wait, Seconds: value })],
    ['MaxConcurrency', mapping('MaxConcurrency')],
    ['ToleratedFailureCount', mapping('ToleratedFailureCount')],
    ['ToleratedFailurePercentage', mapping('ToleratedFailurePercentage')],
    ['MaxItems', reading('MaxItems')],
    ['MaxItemsPerBatch', batching('MaxItemsPerBatch')],
    ['MaxInputBytesPerBatch', batching('MaxInputBytesPerBatch')],
  ])('%s', (_, holding) => {
    expect(jsonata(holding('{% $states.input.n %}'))).toEqual([]);
    expect(jsonata(holding(5))).toEqual([]);
    expect(jsonata(holding('{% 1 + %}'))).toEqual(['EXPRESSION_SYNTAX']);
    expect(jsonata(holding('five'))).toEqual(['WRONG_TYPE']);
    expect(codes(holding('{% 5 %}'))).toEqual(['WRONG_TYPE']);
  });
});
