import type { Definition, Machine, State } from '@/lib/flow/model';

/** Numbers in [0, 1) that a seed determines. */
export function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A flow with every kind of state, machines nested `deep` times, retries and catches, as the dice fall. */
export function randomFlow(roll: () => number, deep = 2): Definition {
  let names = 0;
  const fresh = () => {
    names += 1;
    return `S${names}`;
  };
  const machine = (depth: number): Machine => {
    const own = Array.from({ length: 1 + Math.floor(roll() * 3) }, fresh);
    const last = fresh();
    const pairs = own.map((name, i) => [
      name,
      randomState(roll, own[i + 1] ?? last, () => machine(depth - 1), depth),
    ]);
    const [start = last] = own;
    return { StartAt: start, States: { ...Object.fromEntries(pairs), [last]: randomEnd(roll) } };
  };
  return machine(deep);
}

function randomEnd(roll: () => number): State {
  const kind = roll();
  if (kind < 0.15) return { Type: 'Fail', Error: 'Meant', Cause: 'to fail' };
  return kind < 0.5 ? { Type: 'Succeed' } : { Type: 'Pass', End: true };
}

function randomState(roll: () => number, next: string, inner: () => Machine, depth: number): State {
  const kind = roll();
  const retry =
    roll() < 0.4 ? [{ ErrorEquals: ['States.ALL'], MaxAttempts: 1 + Math.floor(roll() * 2) }] : [];
  const caught = roll() < 0.3 ? [{ ErrorEquals: ['States.ALL'], Next: next, ResultPath: '$.error' }] : [];
  const mending = { Retry: retry, Catch: caught };
  if (kind < 0.35 || depth === 0) return randomTask(roll, next, mending);
  if (kind < 0.45) return { Type: 'Wait', Seconds: Math.floor(roll() * 5), Next: next };
  if (kind < 0.55) return { Type: 'Pass', Assign: { [`seen${next}`]: true }, Next: next };
  if (kind < 0.65) {
    return { Type: 'Choice', Choices: [{ Variable: '$.error', IsPresent: true, Next: next }], Default: next };
  }
  const branches = Array.from({ length: 1 + Math.floor(roll() * 3) }, inner);
  const kept = { ResultPath: '$.inside', Next: next, ...mending };
  if (kind < 0.82) return { Type: 'Parallel', Branches: branches, ...kept };
  return randomMap(roll, branches[0] ?? inner(), kept);
}

function randomTask(roll: () => number, next: string, mending: object): State {
  const timed = roll() < 0.5 ? { TimeoutSeconds: 10 } : {};
  const beating = roll() < 0.2 ? { HeartbeatSeconds: 3 } : {};
  const resource = roll() < 0.2 ? 'millrace:callback' : 'millrace:work';
  return {
    Type: 'Task',
    Resource: resource,
    ResultPath: '$.result',
    Next: next,
    ...timed,
    ...beating,
    ...mending,
  };
}

function randomMap(roll: () => number, processor: Machine, kept: object): State {
  const distributed = roll() < 0.4;
  const mode = distributed
    ? ({ Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } as const)
    : ({ Mode: 'INLINE' } as const);
  const tolerated = distributed && roll() < 0.6 ? { ToleratedFailureCount: 1 } : {};
  const batched = distributed && roll() < 0.3 ? { ItemBatcher: { MaxItemsPerBatch: 2 } } : {};
  return {
    Type: 'Map',
    ItemsPath: '$.items',
    ItemSelector: { 'items.$': '$.items', 'item.$': '$$.Map.Item.Value' },
    MaxConcurrency: Math.floor(roll() * 3),
    ItemProcessor: { ProcessorConfig: mode, ...itemMachine(processor, Object.keys(batched).length > 0) },
    ...tolerated,
    ...batched,
    ...kept,
  };
}

/** Batches have another shape than items: what runs on them asks for nothing inside. */
function itemMachine(processor: Machine, batched: boolean): Machine {
  if (!batched) return processor;
  const name = `Batch${processor.StartAt}`;
  return { StartAt: name, States: { [name]: { Type: 'Task', Resource: 'millrace:work', End: true } } };
}

/** The flow with one of its states repaired: another kind of state under the same name, gone, or with other branches. */
export function repairedFlow(flow: Definition, roll: () => number): Definition {
  const copy: Definition = JSON.parse(JSON.stringify(flow));
  const machines: { States: Record<string, State> }[] = [];
  JSON.stringify(copy, (_, value) => {
    if (value?.States !== undefined) machines.push(value);
    return value;
  });
  const pick = <Value>(values: readonly Value[]) => values[Math.floor(roll() * values.length)];
  const machine = pick(machines);
  const name = pick(Object.keys(machine?.States ?? {}));
  const state = name === undefined ? undefined : machine?.States[name];
  if (machine === undefined || name === undefined || state === undefined || !('Next' in state)) return copy;
  const { Next } = state;
  if (roll() < 0.3 && state.Type === 'Parallel')
    machine.States[name] = { ...state, Branches: state.Branches.slice(0, 1) };
  else if (roll() < 0.5)
    machine.States[name] = { Type: 'Task', Resource: 'millrace:work', ResultPath: null, Next };
  else machine.States[name] = { Type: 'Pass', Next } as State;
  return copy;
}
