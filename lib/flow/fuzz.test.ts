import { test } from 'vitest';
import type { Json } from '@/lib/expression/json';
import { check } from './check';
import { importFdl } from './fdl/import';
import { states } from './graph';
import { parse, place } from './parse';
import { print } from './print';
import { problemCodes } from './problem-codes';
import { variableReferences } from './references';
import { rewrite } from './rewrite';

/** How many mutants are tried of each language; `npm run fuzz` tries 20,000. */
const rounds = Math.ceil(Number(process.env.FUZZ ?? 10_000) / 5);

const task = {
  Type: 'Task',
  Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
  Parameters: { 'token.$': '$$.Task.Token', list: [1, { 'x.$': "States.Format('{}', $.a)" }] },
  ResultSelector: { 'y.$': '$.b[?(@.c > 1)]' },
  TimeoutSeconds: 9,
  HeartbeatSeconds: 3,
  Retry: [{ ErrorEquals: ['States.Timeout'], MaxAttempts: 2, MaxDelaySeconds: 9 }],
  Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Sorry', ResultPath: '$.error' }],
  Assign: { 'v.$': '$.result' },
  Next: 'Choose',
};
const asl: Json = {
  StartAt: 'Call',
  States: {
    Call: task,
    Choose: {
      Type: 'Choice',
      Choices: [
        {
          And: [{ Variable: '$.a', IsPresent: true }, { Not: { Variable: '$v', NumericEquals: 1 } }],
          Next: 'Both',
        },
        { Variable: '$.t', TimestampLessThan: '2030-01-31T12:00:00Z', Next: 'Each' },
      ],
      Default: 'Each',
    },
    Both: {
      Type: 'Parallel',
      QueryLanguage: 'JSONata',
      Branches: [{ StartAt: 'In', States: { In: { Type: 'Wait', SecondsPath: '$.s', End: true } } }],
      Output: '{% $map($states.result, function($r) { $r.a & $v }) %}',
      Next: 'Each',
    },
    Each: {
      Type: 'Map',
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' },
        StartAt: 'One',
        States: { One: { Type: 'Pass', Result: 1, End: true } },
      },
      ItemReader: {
        Resource: 'arn:aws:states:::s3:getObject',
        ReaderConfig: { InputType: 'CSV' },
        Parameters: {},
      },
      Label: 'l',
      End: true,
    },
    Sorry: { Type: 'Fail', ErrorPath: '$.error.Error', CausePath: 'States.JsonToString($.error)' },
  },
};
const newFdl: Json = {
  Type: 'StateMachine',
  Name: 'f',
  SpecVersion: 'v1',
  StartAt: 'A',
  States: [
    {
      Type: 'Task',
      Name: 'A',
      Action: 'HTTP:Request',
      InputConstructor: { 'a.$': '$Input.b[0]' },
      Parameters: { 'url.$': 'format("{}", $Global.x)' },
      Retry: [{ Errors: ['FnF.ALL'], MaxAttempts: 1, IntervalSeconds: 1 }],
      Catch: [{ Errors: ['E'], Next: 'C', OutputConstructor: { 'e.$': '$Context.Current.Error.Code' } }],
      GlobalConstructor: { 'x.$': '$Output.Code' },
      Next: 'B',
    },
    {
      Type: 'Choice',
      Name: 'B',
      Branches: [{ Condition: '$Input.a == null || !$Input.b', Next: 'C' }],
      Default: 'D',
    },
    {
      Type: 'Parallel',
      Name: 'D',
      Branches: [{ StartAt: 'A', States: [{ Type: 'Pass', Name: 'A', End: true }] }],
      Next: 'E',
    },
    {
      Type: 'Map',
      Name: 'E',
      ItemsPath: '$Input.l',
      Processor: { StartAt: 'P', States: [{ Type: 'Wait', Name: 'P', Seconds: 1, End: true }] },
      End: true,
    },
    { Type: 'Fail', Name: 'C', Code: 'x' },
  ],
};
const oldFdl: Json = {
  version: 'v1',
  type: 'flow',
  steps: [
    {
      type: 'task',
      name: 'a',
      resourceArn: 'acs:fnf:::flow/x',
      pattern: 'sync',
      serviceParams: { Input: '$' },
      catch: [{ errors: ['E'], goto: 'f' }],
    },
    {
      type: 'choice',
      name: 'b',
      choices: [{ condition: '$.x > 1', steps: [{ type: 'pass', name: 'c', end: true }], goto: 'a' }],
      default: { goto: 'd' },
    },
    {
      type: 'foreach',
      name: 'd',
      iterationMapping: { collection: '$.l', item: 'i' },
      steps: [{ type: 'wait', name: 'w', duration: 1 }],
      outputMappings: [{ target: 'x', source: '$local[*].y' }],
    },
    { type: 'parallel', name: 'e', branches: [{ steps: [{ type: 'pass', name: 'p' }] }], end: true },
    { type: 'fail', name: 'f', error: 'E' },
  ],
};

/** Numbers in [0, 1) that are the same for the same seed. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const odd: readonly Json[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e300,
  '',
  '$',
  '$.',
  '$$',
  '$x',
  "States.Format('",
  '{% (',
  '{% $ %}',
  '%}',
  '__proto__',
  'constructor',
  'Call',
  'In',
  'Map',
  'JSONata',
  '$Input.',
  'length($Input',
  [],
  [null],
  {},
  { Next: 'Call' },
  { 'a.$': 1 },
  { Type: 'Map' },
  '\u0000',
  '2030',
  'x'.repeat(100),
];

/** A copy of a value with one part replaced, removed, doubled or renamed. */
function mutant(value: Json, random: () => number, others: readonly string[]): Json {
  const entries = entriesOf(value);
  if (entries.length === 0 || random() < 0.08) return pick(odd, random) ?? null;
  const at = Math.floor(random() * entries.length);
  const [key, inner] = entries[at] ?? ['', null];
  const change = random();
  if (change < 0.7) entries[at] = [key, mutant(inner, random, others)];
  else if (change < 0.8) entries.splice(at, 1);
  else if (change < 0.9) entries.push([pick(others, random) ?? 'x', inner]);
  else entries[at] = [pick(others, random) ?? 'x', inner];
  if (Array.isArray(value)) return entries.map(([, item]) => item);
  return JSON.parse(
    `{${entries.map(([name, item]) => `${JSON.stringify(name)}: ${JSON.stringify(item)}`).join(',')}}`,
  );
}

function pick<T>(list: readonly T[], random: () => number): T | undefined {
  return list[Math.floor(random() * list.length)];
}

function entriesOf(value: Json): [string, Json][] {
  return typeof value === 'object' && value !== null ? Object.entries(value as { [key: string]: Json }) : [];
}

function namesIn(value: Json): string[] {
  return entriesOf(value).flatMap(([name, inner]) => [name, ...namesIn(inner)]);
}

function garbled(text: string, random: () => number): string {
  const at = Math.floor(random() * text.length);
  const piece = ['', '{', '}', '"', ',', ':', '\n', '  ', '- ', '\\', '&a ', '*a', '#', '|', '>', '\t', '<<'][
    Math.floor(random() * 17)
  ];
  return text.slice(0, at) + piece + text.slice(at + Math.floor(random() * 4));
}

const json = print(asl, 'json');
const yaml = print(asl, 'yaml');

function tryDefinition(definition: Json): void {
  for (const { code } of check(definition))
    if (!Object.hasOwn(problemCodes, code)) throw new Error(`code ${code}`);
  variableReferences(definition);
}

function tryText(text: string, next: Json): void {
  const parsed = parse(text);
  if (!parsed.ok) return;
  for (const problem of check(parsed.definition)) place(problem, text, parsed.positions);
  for (const { pointer } of states(parsed.definition)) parsed.positions.nearest(pointer);
  rewrite(text, parsed.format, next);
}

test(`[F4] [F20] ${rounds} mutants: whatever is given, nothing throws and nothing hangs`, {
  timeout: 600_000,
}, () => {
  const others = [...namesIn(asl), '__proto__', 'constructor', 'toString'];
  for (let seed = 1; seed <= rounds; seed += 1) {
    const random = randomOf(seed);
    let definition: Json = asl;
    for (let count = 0; count < 1 + random() * 4; count += 1) definition = mutant(definition, random, others);
    try {
      tryDefinition(definition);
      if (seed % 10 === 0) tryText(garbled(seed % 20 === 0 ? yaml : json, random), definition);
    } catch (error) {
      throw new Error(`seed ${seed}: ${JSON.stringify(definition)}`, { cause: error });
    }
  }
});

test(`[F4] [F41] ${rounds} mutants of CloudFlow flows are imported or refused`, { timeout: 600_000 }, () => {
  for (let seed = 1; seed <= rounds; seed += 1) {
    const random = randomOf(seed);
    let flow: Json = seed % 2 === 0 ? newFdl : oldFdl;
    const others = namesIn(flow);
    for (let count = 0; count < 1 + random() * 3; count += 1) flow = mutant(flow, random, others);
    try {
      const imported = importFdl(JSON.stringify(flow), 'json');
      if (imported.ok) tryDefinition(imported.definition as unknown as Json);
    } catch (error) {
      throw new Error(`seed ${seed}: ${JSON.stringify(flow)}`, { cause: error });
    }
  }
});
