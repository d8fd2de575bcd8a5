import type { Json } from '@/lib/expression/json';
import { type Monitor, newMonitor, type StateRecord } from './monitor';
import type { Container, Scope } from './scope';

/** A lean view as plain data, as it travels from the server to a page. */
export interface FrozenMonitor {
  readonly summary: Monitor['summary'];
  readonly steps: readonly Readonly<Record<string, unknown>>[];
  readonly states: readonly (readonly [
    string,
    Pick<StateRecord, 'counts' | 'newest'> & { readonly taken: string[]; readonly caughtBy: string[] },
  ])[];
  readonly containers: readonly (readonly [number, FrozenContainer])[];
  readonly top: FrozenScope;
  readonly open: readonly number[];
  readonly failing: readonly number[];
  readonly asked: readonly (readonly [number, unknown])[];
  readonly acts: readonly Readonly<Record<string, unknown>>[];
  readonly visits: readonly (readonly [string, readonly number[]])[];
}

interface FrozenScope extends Omit<Scope, 'newest'> {
  readonly newest: readonly (readonly [string, number])[];
}

interface FrozenContainer extends Omit<Container, 'scopes' | 'dropped'> {
  readonly scopes: readonly (readonly [number, FrozenScope])[];
  readonly dropped: readonly (readonly [string, Container['counts']])[];
}

export function freezeMonitor(monitor: Monitor): FrozenMonitor {
  const { summary, steps, order, states, containers, top, open, failing, asked, acts, lean } = monitor;
  return {
    summary,
    steps: order.flatMap((id) => ({ ...steps.get(id) })),
    states: [...states].map(([pointer, { counts, newest, taken, caughtBy }]) => [
      pointer,
      { counts, newest, taken: [...taken], caughtBy: [...caughtBy] },
    ]),
    containers: [...containers].map(([id, container]) => [id, freezeContainer(container)]),
    top: freezeScope(top),
    open: [...open],
    failing: [...failing],
    asked: [...asked],
    acts: acts.map((act) => ({ ...act })),
    visits: [...(lean?.visits ?? [])],
  };
}

export function freezeContainer({ scopes, dropped, ...rest }: Container): FrozenContainer {
  return {
    ...rest,
    scopes: [...scopes].map(([index, scope]) => [index, freezeScope(scope)]),
    dropped: [...(dropped ?? [])],
  };
}

export function freezeScope({ newest, ...rest }: Scope): FrozenScope {
  return { ...rest, newest: [...newest] };
}

/** The view that was frozen, of an execution of this definition; further events are folded into it. */
export function thawMonitor(definition: Json, frozen: FrozenMonitor): Monitor {
  // `freezeMonitor` wrote these; a stream of our own server brings them.
  const steps = frozen.steps as unknown as readonly (Monitor['steps'] extends Map<number, infer Step>
    ? Step
    : never)[];
  return {
    ...newMonitor(definition, { isLean: true }),
    summary: frozen.summary,
    steps: new Map(steps.map((step) => [step.id, step])),
    order: steps.map(({ id }) => id),
    states: new Map(
      frozen.states.map(([pointer, { counts, newest, taken, caughtBy }]) => [
        pointer,
        { counts, newest, taken: new Set(taken), caughtBy: new Set(caughtBy) },
      ]),
    ),
    containers: new Map(frozen.containers.map(([id, container]) => [id, thawContainer(container)])),
    top: thawScope(frozen.top),
    open: new Set(frozen.open),
    failing: new Set(frozen.failing),
    asked: new Map(
      frozen.asked as Monitor['asked'] extends Map<infer Id, infer Trigger> ? [Id, Trigger][] : never,
    ),
    acts: [...frozen.acts] as unknown as Monitor['acts'],
    lean: {
      visits: new Map(frozen.visits.map(([place, ids]) => [place, [...ids]])),
      dropped: 0,
    },
  };
}

function thawContainer({ scopes, dropped, ...rest }: FrozenContainer): Container {
  return {
    ...rest,
    scopes: new Map(scopes.map(([index, scope]) => [index, thawScope(scope)])),
    ...(dropped.length === 0 ? {} : { dropped: new Map(dropped) }),
  };
}

function thawScope({ newest, ...rest }: FrozenScope): Scope {
  return { ...rest, newest: new Map(newest) };
}
