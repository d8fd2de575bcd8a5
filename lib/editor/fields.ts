import type { QueryLanguage, StateType } from '@/lib/flow/model';

/** The fields that may stand in a state, in the order in which people look for them. */
export function fieldsOfState(type: StateType, language: QueryLanguage): readonly string[] {
  const own = language === 'JSONata' ? jsonata[type] : jsonPath[type];
  return ['Type', 'Comment', ...own, 'QueryLanguage'];
}

/** The fields of a flow or branch. */
export function fieldsOfMachine(): readonly string[] {
  return ['Comment', 'StartAt', 'States', 'QueryLanguage', 'TimeoutSeconds', 'Version'];
}

const errors = ['Retry', 'Catch'];
const way = ['Next', 'End'];
const processor = [
  'ItemProcessor',
  'MaxConcurrency',
  'ToleratedFailureCount',
  'ToleratedFailurePercentage',
  'ItemReader',
  'ItemBatcher',
  'ResultWriter',
  'Label',
];

const jsonata: { readonly [Type in StateType]: readonly string[] } = {
  Task: [
    'Resource',
    'Arguments',
    'Output',
    'Assign',
    'TimeoutSeconds',
    'HeartbeatSeconds',
    ...errors,
    ...way,
  ],
  Pass: ['Output', 'Assign', ...way],
  Choice: ['Choices', 'Default', 'Output', 'Assign'],
  Wait: ['Seconds', 'Timestamp', 'Output', 'Assign', ...way],
  Parallel: ['Branches', 'Arguments', 'Output', 'Assign', ...errors, ...way],
  Map: ['Items', 'ItemSelector', ...processor, 'Output', 'Assign', ...errors, ...way],
  Succeed: ['Output'],
  Fail: ['Error', 'Cause'],
};

const paths = ['InputPath', 'OutputPath'];
const result = ['ResultSelector', 'ResultPath'];

const jsonPath: { readonly [Type in StateType]: readonly string[] } = {
  Task: [
    'Resource',
    'Parameters',
    ...paths,
    ...result,
    'Assign',
    'TimeoutSeconds',
    'TimeoutSecondsPath',
    'HeartbeatSeconds',
    'HeartbeatSecondsPath',
    ...errors,
    ...way,
  ],
  Pass: ['Result', 'Parameters', 'ResultPath', ...paths, 'Assign', ...way],
  Choice: ['Choices', 'Default', ...paths, 'Assign'],
  Wait: ['Seconds', 'SecondsPath', 'Timestamp', 'TimestampPath', ...paths, 'Assign', ...way],
  Parallel: ['Branches', 'Parameters', ...paths, ...result, 'Assign', ...errors, ...way],
  Map: [
    'ItemsPath',
    'ItemSelector',
    'MaxConcurrencyPath',
    ...processor,
    ...paths,
    ...result,
    'Assign',
    ...errors,
    ...way,
  ],
  Succeed: paths,
  Fail: ['Error', 'ErrorPath', 'Cause', 'CausePath'],
};
