/** What is known of a field that a service answers with. */
export type Shape =
  | { readonly is: 'string'; readonly among?: readonly string[] }
  | { readonly is: 'number'; readonly from?: number; readonly to?: number }
  | { readonly is: 'boolean' }
  | { readonly is: 'list'; readonly of: Shape }
  | { readonly is: 'map'; readonly of: Shape }
  | {
      readonly is: 'object';
      readonly fields: { readonly [name: string]: Shape };
      readonly required?: readonly string[];
    };

const text: Shape = { is: 'string' };
const number: Shape = { is: 'number' };
const flag: Shape = { is: 'boolean' };
const texts: Shape = { is: 'list', of: text };
const list = (of: Shape): Shape => ({ is: 'list', of });
const map = (of: Shape): Shape => ({ is: 'map', of });
const among = (...words: readonly string[]): Shape => ({ is: 'string', among: words });
const between = (from: number, to: number): Shape => ({ is: 'number', from, to });
const object = (fields: { readonly [name: string]: Shape }, required: readonly string[] = []): Shape => ({
  is: 'object',
  fields,
  required,
});

const execution = object({ ExecutionArn: text, StartDate: text }, ['ExecutionArn', 'StartDate']);

const attribute: Shape = object({
  S: text,
  N: text,
  B: text,
  SS: texts,
  NS: texts,
  BS: texts,
  NULL: flag,
  BOOL: flag,
});
const item = map(attribute);
const capacity = {
  CapacityUnits: number,
  ReadCapacityUnits: number,
  WriteCapacityUnits: number,
};
const ConsumedCapacity = object({
  ...capacity,
  TableName: text,
  Table: object(capacity),
  LocalSecondaryIndexes: map(object(capacity)),
  GlobalSecondaryIndexes: map(object(capacity)),
});
const ItemCollectionMetrics = object({ ItemCollectionKey: item, SizeEstimateRangeGB: list(number) });
const written = object({ Attributes: item, ConsumedCapacity, ItemCollectionMetrics });
const found = object({
  Items: list(item),
  Count: number,
  ScannedCount: number,
  LastEvaluatedKey: item,
  ConsumedCapacity,
});

const functionConfiguration = object({
  FunctionName: text,
  FunctionArn: text,
  Runtime: text,
  Role: text,
  Handler: text,
  CodeSize: number,
  Description: text,
  Timeout: between(1, 900),
  MemorySize: between(128, 10_240),
  LastModified: text,
  CodeSha256: text,
  Version: text,
  Environment: object({ Variables: map(text) }),
  KMSKeyArn: text,
  RevisionId: text,
  State: among('Pending', 'Active', 'Inactive', 'Failed'),
  StateReason: text,
  LastUpdateStatus: among('Successful', 'Failed', 'InProgress'),
  PackageType: among('Zip', 'Image'),
  Architectures: list(among('x86_64', 'arm64')),
  EphemeralStorage: object({ Size: between(512, 10_240) }),
});

const encryption = among('SYMMETRIC_DEFAULT', 'RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256', 'SM2PKE');

const storedObject = object({
  AcceptRanges: text,
  Body: text,
  BucketKeyEnabled: flag,
  CacheControl: text,
  ContentDisposition: text,
  ContentEncoding: text,
  ContentLanguage: text,
  ContentLength: number,
  ContentRange: text,
  ContentType: text,
  DeleteMarker: flag,
  ETag: text,
  Expiration: text,
  Expires: text,
  LastModified: text,
  Metadata: map(text),
  MissingMeta: number,
  ObjectLockLegalHoldStatus: among('ON', 'OFF'),
  ObjectLockMode: among('GOVERNANCE', 'COMPLIANCE'),
  ObjectLockRetainUntilDate: text,
  PartsCount: number,
  ReplicationStatus: among('COMPLETE', 'PENDING', 'FAILED', 'REPLICA', 'COMPLETED'),
  RequestCharged: among('requester'),
  Restore: text,
  ServerSideEncryption: among('AES256', 'aws:fsx', 'aws:kms', 'aws:kms:dsse'),
  SSECustomerAlgorithm: text,
  SSEKMSKeyId: text,
  StorageClass: among(
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
  ),
  TagCount: number,
  VersionId: text,
  WebsiteRedirectLocation: text,
});

/** Answers of services whose integrations are mocked most, by `service:action`. What is not here is taken as it comes. */
export const answers: { readonly [action: string]: Shape } = {
  'states:startExecution': execution,
  'sfn:startExecution': execution,
  'events:putEvents': object({
    FailedEntryCount: number,
    Entries: list(object({ EventId: text, ErrorCode: text, ErrorMessage: text })),
  }),
  'kms:encrypt': object({ CiphertextBlob: text, KeyId: text, EncryptionAlgorithm: encryption }),
  'kms:decrypt': object({ Plaintext: text, KeyId: text, EncryptionAlgorithm: encryption }),
  'kms:generateDataKey': object({ CiphertextBlob: text, Plaintext: text, KeyId: text }),
  'lambda:invoke': object({
    ExecutedVersion: text,
    FunctionError: text,
    LogResult: text,
    StatusCode: number,
  }),
  'lambda:getFunction': object({
    Configuration: functionConfiguration,
    Code: object({ RepositoryType: text, Location: text, ImageUri: text, ResolvedImageUri: text }),
    Tags: map(text),
    Concurrency: object({ ReservedConcurrentExecutions: number }),
  }),
  'dynamodb:putItem': written,
  'dynamodb:updateItem': written,
  'dynamodb:deleteItem': written,
  'dynamodb:getItem': object({ Item: item, ConsumedCapacity }),
  'dynamodb:query': found,
  'dynamodb:scan': found,
  's3:getObject': storedObject,
  'sqs:sendMessage': object({
    MessageId: text,
    MD5OfMessageBody: text,
    MD5OfMessageAttributes: text,
    MD5OfMessageSystemAttributes: text,
    SequenceNumber: text,
  }),
  'sns:publish': object({ MessageId: text, SequenceNumber: text }),
};
