import { isObject, type JsonObject } from '@/lib/expression/json';
import { orExpression, path, template } from './expressions';
import {
  both,
  type Exclusive,
  type Fields,
  jsonataOnly,
  jsonPathOnly,
  object,
  objectIn,
  required,
} from './fields';
import { integer, list, nonEmptyText, oneOf, type Rule, text, wrongType } from './rules';
import type { Site } from './site';

/** What only Map states have: reading items, batching them, writing results. */

const most = Number.MAX_SAFE_INTEGER;

const processorConfigFields: Fields = new Map(
  both({ Mode: oneOf('INLINE', 'DISTRIBUTED'), ExecutionType: oneOf('STANDARD', 'EXPRESS') }),
);
const processorConfigShape = object('ProcessorConfig', processorConfigFields);
export const processorConfig: Rule = (value, site) => {
  processorConfigShape(value, site);
  if (!isObject(value)) return;
  if (value.Mode !== 'DISTRIBUTED' || value.ExecutionType !== undefined) return;
  const fix = site.member('ExecutionType').replacement('Add "ExecutionType": "STANDARD"', 'STANDARD');
  const message = 'A distributed Map needs "ExecutionType": add "STANDARD" or "EXPRESS"';
  site.error('MISSING_FIELD', message, { fix });
};

const readerConfigFields: Fields = new Map([
  ...both({
    InputType: oneOf('CSV', 'JSON', 'JSONL', 'PARQUET', 'MANIFEST'),
    CSVDelimiter: oneOf('COMMA', 'PIPE', 'SEMICOLON', 'SPACE', 'TAB'),
    CSVHeaderLocation: oneOf('FIRST_ROW', 'GIVEN'),
    CSVHeaders: list(text, { empty: false }),
    MaxItems: orExpression(integer(0, most)),
    ItemsPointer: text,
    Transformation: oneOf('NONE', 'LOAD_AND_FLATTEN'),
    ManifestType: oneOf('ATHENA_DATA', 'S3_INVENTORY'),
  }),
  ...jsonPathOnly({ MaxItemsPath: path }),
]);
const readerConfigShape = object('ReaderConfig', readerConfigFields, [
  { names: ['MaxItems', 'MaxItemsPath'] },
]);
const readerConfig: Rule = (value, site) => {
  readerConfigShape(value, site);
  if (!isObject(value)) return;
  if (value.CSVHeaderLocation === 'GIVEN' && value.CSVHeaders === undefined)
    site.error(
      'MISSING_FIELD',
      '"CSVHeaderLocation" is "GIVEN", so "CSVHeaders" must name the columns: add it',
    );
};

const readerFields: Fields = new Map([
  ...both({ Resource: required(nonEmptyText), ReaderConfig: readerConfig }),
  ...jsonPathOnly({ Parameters: template }),
  ...jsonataOnly({ Arguments: template }),
]);
export const itemReader: Rule = object('ItemReader', readerFields);

const batcherFields: Fields = new Map([
  ...both({
    BatchInput: template,
    MaxItemsPerBatch: orExpression(integer(1, most)),
    MaxInputBytesPerBatch: orExpression(integer(1, 262_144)),
  }),
  ...jsonPathOnly({ MaxItemsPerBatchPath: path, MaxInputBytesPerBatchPath: path }),
]);
const batcherPairs: readonly Exclusive[] = [
  { names: ['MaxItemsPerBatch', 'MaxItemsPerBatchPath'] },
  { names: ['MaxInputBytesPerBatch', 'MaxInputBytesPerBatchPath'] },
];
const itemBatcherShape = object('ItemBatcher', batcherFields, batcherPairs);
export const itemBatcher: Rule = (value, site) => {
  itemBatcherShape(value, site);
  const bounds = batcherPairs.flatMap(({ names }) => names);
  if (!isObject(value) || bounds.some((name) => Object.hasOwn(value, name))) return;
  const fix = site.member('MaxItemsPerBatch').replacement('Put 10 items into each batch', 10);
  const message = 'ItemBatcher needs "MaxItemsPerBatch" or "MaxInputBytesPerBatch": add one of them';
  site.error('MISSING_FIELD', message, { fix });
};

const writerConfig = object(
  'WriterConfig',
  new Map(
    both({
      OutputType: required(oneOf('JSON', 'JSONL')),
      Transformation: required(oneOf('NONE', 'COMPACT', 'FLATTEN')),
    }),
  ),
);
const writerFields: Fields = new Map([
  ...both({ Resource: nonEmptyText, WriterConfig: writerConfig }),
  ...jsonPathOnly({ Parameters: template }),
  ...jsonataOnly({ Arguments: template }),
]);
const resultWriterShape = object('ResultWriter', writerFields);
export const resultWriter: Rule = (value, site) => {
  resultWriterShape(value, site);
  if (!isObject(value)) return;
  if (value.Resource === undefined && value.WriterConfig === undefined)
    site.error('MISSING_FIELD', 'ResultWriter needs "Resource" or "WriterConfig": add one of them');
};

const forbidden = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}]/u;

export const label: Rule = (value, site) => {
  if (typeof value !== 'string') return wrongType(value, site, 'a string');
  if (value === '' || value.length > 40)
    site.error('WRONG_VALUE', `"Label" must have 1 to 40 characters, but has ${value.length}`);
  const bad = forbidden.exec(value)?.[0];
  if (bad !== undefined) site.error('WRONG_VALUE', `"Label" must not contain ${JSON.stringify(bad)}`);
};

/** Items of a JSONata Map: a list, an object, or an expression that gives one. */
export const items: Rule = (value, site) => {
  if (typeof value === 'string' || Array.isArray(value) || isObject(value)) {
    template(value, site);
    if (typeof value === 'string' && !value.includes('{%'))
      wrongType(value, site, 'a list, an object, or an expression between {% and %}');
  } else wrongType(value, site, 'a list, an object, or an expression between {% and %}');
};

const distributedOnly = [
  'ItemReader',
  'ItemBatcher',
  'ResultWriter',
  'Label',
  'ToleratedFailureCount',
  'ToleratedFailureCountPath',
  'ToleratedFailurePercentage',
  'ToleratedFailurePercentagePath',
];

/** What hangs together between the fields of one Map state. */
export function checkMap(state: JsonObject, site: Site): void {
  const holder = objectIn(state, 'ItemProcessor') === undefined ? 'Iterator' : 'ItemProcessor';
  const processor = objectIn(state, holder) ?? {};
  if (objectIn(processor, 'ProcessorConfig')?.Mode === 'DISTRIBUTED') return;
  const config = site.member(holder).member('ProcessorConfig');
  for (const key of distributedOnly) {
    if (!Object.hasOwn(state, key)) continue;
    const message = `"${key}" works in distributed Map states only: set "ProcessorConfig" to {"Mode": "DISTRIBUTED", …}`;
    const wanted = { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' };
    const fix = config.replacement('Make it a distributed Map', wanted);
    site.member(key).warning('DISTRIBUTED_ONLY', message, { fix });
  }
}
