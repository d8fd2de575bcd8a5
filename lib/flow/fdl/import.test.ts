import { fc, test as property } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import type { Json } from '@/lib/expression/json';
import { check } from '../check';
import { states } from '../graph';
import { importFdl } from './import';

/** Flows of both languages that use what can be carried over, put together at random. */

type Fields = Record<string, Json>;

const word = fc.constantFrom('a', 'b', 'order', 'items');
const path = fc
  .tuple(fc.constantFrom('$Input', '$Context.Execution.Input'), fc.array(word, { maxLength: 3 }))
  .map(([root, names]) => [root, ...names].join('.'));
const { value: expression } = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    path,
    fc.integer().map(String),
    fc.constantFrom('"text"', "'it'", 'true', 'null', '$Input.l[0]', '$Input.l[*].x'),
    fc
      .tuple(tie('value'), fc.constantFrom('+', '-', '*', '==', '!=', '<', '&&', '||', 'in'), tie('value'))
      .map(([a, operator, b]) => `(${a} ${operator} ${b})`),
    tie('value').map((inner) => `!(${inner})`),
    fc
      .tuple(fc.constantFrom('length', 'jsonToString', 'toBase64', 'mapKeys'), tie('value'))
      .map(([name, inner]) => `${name}(${inner})`),
    fc.tuple(tie('value'), tie('value')).map(([a, b]) => `format("{} and {}", ${a}, ${b})`),
  ),
}));
const literal = fc
  .jsonValue({ maxDepth: 1, noUnicodeString: true })
  .map((value) => JSON.parse(JSON.stringify(value)) as Json);
const constructed: fc.Arbitrary<Fields> = fc
  .dictionary(
    word,
    fc.oneof(
      expression.map((text) => ({ text })),
      literal.map((value) => ({ value })),
    ),
    { maxKeys: 3 },
  )
  .map((members) =>
    Object.fromEntries(
      Object.entries(members).map(([name, member]) =>
        'text' in member ? [`${name}.$`, member.text] : [name, plainKeys(member.value)],
      ),
    ),
  );

/** Literals without keys that would make them expressions. */
function plainKeys(value: Json): Json {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
}

const constructors = fc.record(
  {
    InputConstructor: constructed,
    OutputConstructor: constructed,
    GlobalConstructor: constructed,
    Description: fc.string(),
  },
  { requiredKeys: [] },
);
const retries = fc.array(
  fc.record({
    Errors: fc.constantFrom(['E'], ['FnF.TaskTimeout', 'F']),
    MaxAttempts: fc.nat(5),
    IntervalSeconds: fc.integer({ min: 1, max: 90 }),
    MaxBackoffSeconds: fc.integer({ min: 1, max: 90 }),
    BackoffRate: fc.integer({ min: 1, max: 3 }),
  }),
  { maxLength: 2 },
);

/** A state's own fields; machines inside are lists of states without transitions yet. */
const { state: anyState } = fc.letrec<{ state: Fields; machine: Fields[] }>((tie) => ({
  machine: fc.array(tie('state'), { minLength: 1, maxLength: 3 }),
  state: fc
    .tuple(
      fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc.constant({ Type: 'Pass' } as Fields),
        fc.record({ Type: fc.constant('Wait'), Seconds: fc.nat(300) }),
        fc.record({
          Type: fc.constant('Task'),
          Action: fc.constant('HTTP:Request'),
          Parameters: constructed.map((body) => ({ url: 'http://x', body })),
          Retry: retries,
        }),
        tie('machine').map(
          (inner): Fields => ({ Type: 'Map', ItemsPath: '$Input.l', Processor: machine(inner, false) }),
        ),
        fc
          .array(tie('machine'), { minLength: 1, maxLength: 2 })
          .map(
            (list): Fields => ({ Type: 'Parallel', Branches: list.map((inner) => machine(inner, false)) }),
          ),
      ),
      constructors,
    )
    .map(([own, more]): Fields => ({ ...own, ...(more as Fields) })),
}));

/** A list of states that follow each other; those inside set no globals, which could not be carried over. */
function machine(list: readonly Fields[], globals: boolean): Fields {
  const named = list.map(
    ({ GlobalConstructor: global, ...state }, index): Fields => ({
      ...state,
      ...(globals && global !== undefined ? { GlobalConstructor: global } : {}),
      Name: `S${index}`,
      ...(index === list.length - 1 ? { End: true } : { Next: `S${index + 1}` }),
    }),
  );
  return { StartAt: 'S0', States: named };
}

const newFlow = fc
  .array(anyState, { minLength: 1, maxLength: 5 })
  .map((list): Fields => ({ Type: 'StateMachine', Name: 'f', SpecVersion: 'v1', ...machine(list, true) }));

const oldPath = fc.constantFrom(
  '$input.a',
  '$local.b',
  '$local[*].c',
  '$.d',
  '$context.execution.name',
  'constant',
  3,
);
const mappings = fc.array(fc.record({ target: word, source: oldPath }), { maxLength: 3 });
const mapped = fc.record({ inputMappings: mappings, outputMappings: mappings }, { requiredKeys: [] });
const { step: anyStep } = fc.letrec<{ step: Fields; steps: Fields[] }>((tie) => ({
  steps: fc.array(tie('step'), { minLength: 1, maxLength: 3 }),
  step: fc
    .tuple(
      fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc.constant({ type: 'pass' } as Fields),
        fc.constant({
          type: 'task',
          resourceArn: 'acs:fnf:::flow/x',
          pattern: 'sync',
          retry: [{ errors: ['E'] }],
        } as Fields),
        fc.record({ type: fc.constant('wait'), duration: fc.oneof(fc.nat(9), fc.constant('$.n')) }),
        tie('steps').map(
          (steps): Fields => ({
            type: 'choice',
            choices: [{ condition: '$.x > 1', steps: numbered(steps) }],
          }),
        ),
        tie('steps').map((steps): Fields => ({ type: 'parallel', branches: [{ steps: numbered(steps) }] })),
        tie('steps').map(
          (steps): Fields => ({
            type: 'foreach',
            iterationMapping: { collection: '$.l', item: 'it' },
            steps: numbered(steps),
          }),
        ),
      ),
      mapped,
    )
    .map(([own, more]): Fields => ({ ...own, ...(more as Fields) })),
}));

function numbered(steps: readonly Fields[]): Fields[] {
  return steps.map((step, index) => ({ ...step, name: `s${index}` }));
}

const oldFlow = fc
  .array(anyStep, { minLength: 1, maxLength: 5 })
  .map((steps): Fields => ({ version: 'v1', type: 'flow', steps: numbered(steps) }));

describe.each([
  ['new', newFlow, 'Name'],
  ['old', oldFlow, 'name'],
] as const)('[F40] any flow of the %s language', (_, flows, nameField) => {
  property.prop([flows], { numRuns: 60 })(
    'becomes a definition without an error, in which every state is found again',
    (flow) => {
      const imported = importFdl(JSON.stringify(flow), 'json');
      if (!imported.ok) throw new Error(imported.problems[0]?.problem.message);

      expect(imported.problems.filter(({ problem }) => problem.severity === 'error')).toEqual([]);
      expect(check(imported.definition).filter(({ severity }) => severity === 'error')).toEqual([]);
      const types = [...states(imported.definition)].length;
      expect(types).toBeGreaterThanOrEqual(count(flow, nameField));
    },
  );
});

/** How many states or steps a flow has, nested ones included. */
function count(value: Json, field: string): number {
  if (Array.isArray(value)) return value.reduce((sum: number, item: Json) => sum + count(item, field), 0);
  if (typeof value !== 'object' || value === null) return 0;
  const own =
    field in value && ('Type' in value || 'type' in value) && !('version' in value || 'SpecVersion' in value)
      ? 1
      : 0;
  return Object.values(value as Fields).reduce<number>((sum, inner) => sum + count(inner, field), own);
}
