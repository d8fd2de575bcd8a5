import { isObject, type Json } from '@/lib/expression/json';

/** What is known of a field that a service answers with. */
type Shape =
  | { readonly is: 'string'; readonly among?: readonly string[] }
  | { readonly is: 'number'; readonly to?: number }
  | { readonly is: 'boolean' }
  | { readonly is: 'list'; readonly of: Shape }
  | {
      readonly is: 'object';
      readonly fields: { readonly [name: string]: Shape };
      readonly required?: readonly string[];
    };

const text: Shape = { is: 'string' };
const number: Shape = { is: 'number' };
const flag: Shape = { is: 'boolean' };
const list = (of: Shape): Shape => ({ is: 'list', of });
const object = (fields: { readonly [name: string]: Shape }, required: readonly string[] = []): Shape => ({
  is: 'object',
  fields,
  required,
});

const storageClasses = [
  'STANDARD',
  'REDUCED_REDUNDANCY',
  'STANDARD_IA',
  'ONEZONE_IA',
  'INTELLIGENT_TIERING',
  'GLACIER',
  'DEEP_ARCHIVE',
  'OUTPOSTS',
  'GLACIER_IR',
  'SNOW',
  'EXPRESS_ONEZONE',
];

const consumed = object({
  TableName: text,
  CapacityUnits: number,
  ReadCapacityUnits: number,
  WriteCapacityUnits: number,
});
const dynamo = object({ ConsumedCapacity: consumed });

/** Answers of services whose integrations are mocked most, by `service:action`. What is not here is taken as it comes. */
const answers: { readonly [action: string]: Shape } = {
  'states:startExecution': object({ ExecutionArn: text, StartDate: text }, ['ExecutionArn', 'StartDate']),
  'sfn:startExecution': object({ ExecutionArn: text, StartDate: text }, ['ExecutionArn', 'StartDate']),
  'events:putEvents': object({
    FailedEntryCount: number,
    Entries: list(object({ EventId: text, ErrorCode: text, ErrorMessage: text })),
  }),
  'kms:encrypt': object({ CiphertextBlob: text, KeyId: text, EncryptionAlgorithm: text }),
  'kms:decrypt': object({ Plaintext: text, KeyId: text, EncryptionAlgorithm: text }),
  'lambda:getFunction': object({
    Configuration: object({
      FunctionName: text,
      FunctionArn: text,
      Runtime: text,
      Role: text,
      Handler: text,
      CodeSize: number,
      Timeout: number,
      MemorySize: { is: 'number', to: 10_240 },
    }),
  }),
  'dynamodb:putItem': dynamo,
  'dynamodb:getItem': dynamo,
  'dynamodb:updateItem': dynamo,
  'dynamodb:deleteItem': dynamo,
  's3:getObject': object({
    AcceptRanges: text,
    ContentLength: number,
    ContentType: text,
    DeleteMarker: flag,
    ETag: text,
    StorageClass: { is: 'string', among: storageClasses },
  }),
  'sqs:sendMessage': object({ MessageId: text, MD5OfMessageBody: text, SequenceNumber: text }),
  'sns:publish': object({ MessageId: text, SequenceNumber: text }),
};

/** What is wrong with a mocked result for what the resource's service answers; PRESENT lets required fields be absent. */
export function misfit(resource: string, result: Json, mode: 'STRICT' | 'PRESENT'): string | undefined {
  const parts = resource.split(':');
  const action = (parts.at(-1) ?? '').replace(/\.(sync(:2)?|waitForTaskToken)$/, '');
  const shape = answers[`${parts.at(-2) ?? ''}:${action}`];
  return shape === undefined ? undefined : misfitIn('', result, shape, mode);
}

function misfitIn(name: string, value: Json, shape: Shape, mode: 'STRICT' | 'PRESENT'): string | undefined {
  switch (shape.is) {
    case 'string':
      return misfitText(name, value, shape.among);
    case 'number':
      return misfitNumber(name, value, shape.to);
    case 'boolean':
      return typeof value === 'boolean' ? undefined : `Field '${name}' must be a boolean`;
    case 'list':
      if (!Array.isArray(value)) return `Field '${name}' must be an array`;
      return firstOf(value, (item) => misfitIn(name, item, shape.of, mode));
    case 'object':
      return misfitFields(name, value, shape, mode);
  }
}

function misfitText(name: string, value: Json, among: readonly string[] | undefined): string | undefined {
  if (typeof value !== 'string') return `Field '${name}' must be a string`;
  return among?.includes(value) === false ? `Field '${name}' is not an expected value` : undefined;
}

function misfitNumber(name: string, value: Json, to = Number.POSITIVE_INFINITY): string | undefined {
  if (typeof value !== 'number') return `Field '${name}' must be a number`;
  return value > to ? `Field '${name}' exceeds the maximum value` : undefined;
}

function misfitFields(
  name: string,
  value: Json,
  { fields, required = [] }: Extract<Shape, { is: 'object' }>,
  mode: 'STRICT' | 'PRESENT',
): string | undefined {
  if (!isObject(value)) return `Field '${name}' must be an object`;
  const missing = mode === 'STRICT' ? required.find((field) => !(field in value)) : undefined;
  if (missing !== undefined) return `Required field '${missing}' is missing`;
  return firstOf(Object.entries(value), ([field, inner]) => {
    const shape = fields[field];
    return shape === undefined ? undefined : misfitIn(field, inner, shape, mode);
  });
}

function firstOf<Value>(
  values: readonly Value[],
  judge: (value: Value) => string | undefined,
): string | undefined {
  for (const value of values) {
    const problem = judge(value);
    if (problem !== undefined) return problem;
  }
  return undefined;
}
