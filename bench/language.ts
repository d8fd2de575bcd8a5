import { advance } from '@/lib/engine/advance';
import { compile } from '@/lib/engine/compile';
import type { Execution } from '@/lib/engine/execution';
import type { Program } from '@/lib/engine/program';
import type { Json } from '@/lib/expression/json';
import { check } from '@/lib/flow/check';
import type { Definition, State } from '@/lib/flow/model';

interface Figure {
  readonly unit: string;
  readonly better: 'higher' | 'lower';
  readonly ours: number;
}

const rounds = 5;
const steps = 20;
const second = 1000;

/** The pure interpreter: transitions a second by kind of machine, and the time that checking 1,000 states takes. */
export function measureLanguage(): { [workload: string]: Figure } {
  const figures: { [workload: string]: Figure } = {};
  for (const [name, { definition, input }] of Object.entries(machines)) {
    figures[name] = {
      unit: 'transitions/s',
      better: 'higher',
      ours: transitionsPerSecond(name, definition, input),
    };
  }
  figures.check_1000_states = { unit: 'ms', better: 'lower', ours: checkingTime() };
  return figures;
}

/** A line of states, each leading to the next. */
function line(
  state: (next: string) => State,
  language: 'JSONPath' | 'JSONata' = 'JSONPath',
  count = steps,
): Definition {
  const states: { [name: string]: State } = {};
  for (let i = 0; i < count; i += 1) states[`Step${i}`] = state(`Step${i + 1}`);
  states[`Step${count}`] = { Type: 'Succeed' };
  return { StartAt: 'Step0', QueryLanguage: language, States: states };
}

const order: Json = {
  id: 'o-17',
  customer: { name: 'Ada', city: 'London' },
  lines: Array.from({ length: 20 }, (_, i) => ({ item: `item ${i}`, price: i * 1.5, quantity: i % 4 })),
};

const machines: { readonly [name: string]: { readonly definition: Definition; readonly input: Json } } = {
  pass: { definition: line((next) => ({ Type: 'Pass', Next: next })), input: { id: 'o-17' } },
  choice: {
    definition: line((next) => ({
      Type: 'Choice',
      Choices: [
        { Variable: '$.total', NumericLessThan: 10, Next: next },
        {
          And: [
            { Variable: '$.city', StringEquals: 'London' },
            { Variable: '$.total', NumericGreaterThan: 99 },
          ],
          Next: next,
        },
      ],
      Default: next,
    })),
    input: { total: 120, city: 'London' },
  },
  jsonpath: {
    definition: line((next) => ({
      Type: 'Pass',
      Parameters: {
        'name.$': '$.customer.name',
        'items.$': '$.lines[*].item',
        'dear.$': '$.lines[?(@.price > 20)].item',
        'text.$': "States.Format('{} from {}', $.customer.name, $.customer.city)",
      },
      ResultPath: '$.view',
      Next: next,
    })),
    input: order,
  },
  jsonata: {
    definition: line(
      (next) => ({
        Type: 'Pass',
        Output: {
          customer: '{% $states.input.customer %}',
          lines: '{% $states.input.lines %}',
          total: '{% $sum($states.input.lines.(price * quantity)) %}',
          dear: '{% $states.input.lines[price > 20].item %}',
        },
        Next: next,
      }),
      'JSONata',
    ),
    input: order,
  },
  map: {
    definition: {
      StartAt: 'Each',
      States: {
        Each: {
          Type: 'Map',
          ItemProcessor: { StartAt: 'One', States: { One: { Type: 'Pass', End: true } } },
          End: true,
        },
      },
    },
    input: Array.from({ length: 1000 }, (_, i) => i),
  },
};

/** Median over the rounds, of one second each. A transition is one state entered and left. */
function transitionsPerSecond(name: string, definition: Definition, input: Json): number {
  const program = compile(definition);
  const figures = Array.from({ length: rounds + 1 }, () => {
    const begin = performance.now();
    let exits = 0;
    while (performance.now() - begin < second) exits += run(program, input);
    return (exits * 1000) / (performance.now() - begin);
  });
  const ours = Math.round(median(figures.slice(1)));
  console.error(`${name}: ${ours} transitions/s`);
  return ours;
}

/** Runs one execution to its end and counts the states that it left. */
function run(program: Program, input: Json): number {
  const names = { executionId: 'x', executionName: 'run', flowId: 'flow', flowName: 'flow', version: 1 };
  let exits = 0;
  let execution: Execution | undefined;
  let continued: string | undefined;
  do {
    const {
      events,
      commands,
      execution: after,
    } = continued === undefined
      ? advance(program, undefined, { type: 'start', at: 0, input, seed: 's', ...names })
      : advance(program, execution, { type: 'timer', at: 0, timer: continued });
    execution = after;
    exits += events.filter(({ type }) => type === 'StateExited').length;
    continued = commands.find(({ type }) => type === 'continue')?.id;
  } while (continued !== undefined);
  if (execution.status !== 'succeeded')
    throw new Error(`the workload ${execution.status}: ${execution.failure?.cause}`);
  return exits;
}

/** Milliseconds to check 1,000 states of mixed kinds, median. */
function checkingTime(): number {
  const kinds: readonly ((next: string) => State)[] = [
    (next) => ({ Type: 'Task', Resource: 'millrace:http', Parameters: { 'id.$': '$.id' }, Next: next }),
    (next) => ({ Type: 'Pass', Assign: { 'seen.$': '$.id' }, Next: next }),
    (next) => ({
      Type: 'Choice',
      Choices: [{ Variable: '$.id', IsPresent: true, Next: next }],
      Default: next,
    }),
    (next) => ({ Type: 'Pass', QueryLanguage: 'JSONata', Output: '{% $states.input %}', Next: next }),
  ];
  let made = 0;
  const mixed = (next: string): State => {
    made += 1;
    return kinds[made % kinds.length]?.(next) ?? { Type: 'Pass', Next: next };
  };
  const definition = line(mixed, 'JSONPath', 999);
  const times = Array.from({ length: 20 }, () => {
    const begin = performance.now();
    check(definition);
    return performance.now() - begin;
  });
  const ours = Number(median(times.slice(5)).toFixed(2));
  console.error(`check of 1,000 states: ${ours} ms`);
  return ours;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
