import { isObject, type Json } from './json';
import { compileFilter } from './path-filter';
import { applyFunction } from './path-function';
import { type Filter, isDefinite, type Parameter, type Root, type Segment } from './path-model';
import type { Scope } from './scope';

/** What a path leads to from a value; undefined where a definite path leads nowhere. */
type Find = (value: Json, scope: Scope) => Json | undefined;

/** Where a path begins; undefined where the variable was never assigned. */
export function compileRoot(root: Root): (scope: Scope) => Json | undefined {
  switch (root.kind) {
    case 'data':
      return (scope) => scope.data;
    case 'context':
      return (scope) => scope.context();
    case 'variable':
      return (scope) => scope.variable(root.name);
  }
}

/** A whole path with its root. */
export function compileFind(root: Root, segments: readonly Segment[]): (scope: Scope) => Json | undefined {
  const begin = compileRoot(root);
  if (segments.length === 0) return begin;
  const find = compileSegments(segments);
  const empty: Json | undefined = isDefinite(segments) ? undefined : [];
  return (scope) => {
    const value = begin(scope);
    return value === undefined ? empty : find(value, scope);
  };
}

/** Closures, once per path: evaluation walks no syntax. */
function compileSegments(segments: readonly Segment[]): Find {
  const split = segments.findIndex((_, index) => !isDefinite(segments.slice(0, index + 1)));
  const last = segments.at(-1);
  if (split === -1) return compileDefinite(segments);
  if (last?.kind !== 'function') return compileIndefinite(segments);
  const find = compileSegments(segments.slice(0, -1));
  const apply = compileStep(last);
  return (value, scope) => apply(find(value, scope) ?? null, scope);
}

function compileDefinite(segments: readonly Segment[]): Find {
  const [first, second, ...rest] = segments.map(compileStep);
  if (first === undefined) return (value) => value;
  if (second === undefined) return first;
  if (rest.length === 0) {
    return (value, scope) => {
      const inner = first(value, scope);
      return inner === undefined ? undefined : second(inner, scope);
    };
  }
  return compileChain([first, second, ...rest]);
}

function compileChain(steps: readonly Find[]): Find {
  return (value, scope) => {
    let here: Json | undefined = value;
    for (const step of steps) {
      here = step(here, scope);
      if (here === undefined) return undefined;
    }
    return here;
  };
}

/** One step that leads to at most one place. */
function compileStep(segment: Segment): Find {
  switch (segment.kind) {
    case 'members':
      return compileMembers(segment.names);
    case 'indices':
      return compileIndex(segment.indices[0] ?? 0);
    case 'function': {
      const parameters = segment.parameters.map(compileParameter);
      return (value, scope) =>
        applyFunction(
          segment.name,
          value,
          parameters.map((parameter) => parameter(scope)),
        );
    }
    case 'slice':
    case 'wildcard':
    case 'filter':
    case 'descent':
      throw new Error(`a ${segment.kind} leads to many places and cannot be one step of a definite path`);
  }
}

function compileParameter(parameter: Parameter): (scope: Scope) => Json {
  if (parameter.kind === 'literal') return () => parameter.value;
  const find = compileFind(parameter.path.root, parameter.path.segments);
  return (scope) => find(scope) ?? null;
}

function compileMembers(names: readonly string[]): Find {
  const [name] = names;
  if (names.length === 1 && name !== undefined) return compileMember(name);
  return (value) => {
    if (!isObject(value)) return undefined;
    return Object.fromEntries(
      names.filter((key) => Object.hasOwn(value, key)).map((key) => [key, value[key] ?? null]),
    );
  };
}

/** Names that every object has by inheritance are asked for with `hasOwn`; the rest needs no second look-up. */
function compileMember(name: string): Find {
  if (name in Object.prototype) {
    return (value) => (isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined);
  }
  return (value) => (isObject(value) ? value[name] : undefined);
}

function compileIndex(index: number): Find {
  return (value) => (Array.isArray(value) ? value.at(index) : undefined);
}

type Spread = (value: Json, into: Json[], scope: Scope) => void;

/** From the first step that may lead to many places on, every step maps all places to all places; misses vanish. */
function compileIndefinite(segments: readonly Segment[]): Find {
  const steps: Spread[] = [];
  for (let index = 0; index < segments.length; index += 1) {
    const segment = segments[index];
    const next = segments[index + 1];
    if (segment?.kind === 'descent' && next !== undefined) {
      steps.push(descend(compileSpread(next), next.kind === 'filter'));
      index += 1;
    } else if (segment !== undefined) steps.push(compileSpread(segment, index === segments.length - 1));
  }
  return (value, scope) => {
    let places: Json[] = [value];
    for (const step of steps) {
      const next: Json[] = [];
      for (const place of places) step(place, next, scope);
      places = next;
    }
    return places;
  };
}

function compileSpread(segment: Segment, isLast = true): Spread {
  switch (segment.kind) {
    case 'wildcard':
      return (value, into) => {
        for (const item of children(value)) into.push(item);
      };
    case 'slice':
      return (value, into) => {
        if (!Array.isArray(value)) return;
        for (const item of slice(value, segment.from, segment.to)) into.push(item);
      };
    case 'filter':
      return spreadFilter(segment.filter);
    case 'members':
      return segment.names.length > 1 && !isLast
        ? spreadEach(segment.names.map(compileMember))
        : spreadEach([compileStep(segment)]);
    case 'indices':
      return spreadEach(segment.indices.map(compileIndex));
    case 'function':
    case 'descent':
      return spreadEach([compileStep(segment)]);
  }
}

function spreadEach(finds: readonly Find[]): Spread {
  return (value, into, scope) => {
    for (const find of finds) {
      const found = find(value, scope);
      if (found !== undefined) into.push(found);
    }
  };
}

/** A filter tests the elements of an array, and an object as a whole. */
function spreadFilter(filter: Filter): Spread {
  const accepts = compileFilter(filter, {
    segments: compileSegments,
    path: ({ root, segments }) => compileFind(root, segments),
  });
  return (value, into, scope) => {
    for (const item of candidates(value)) if (accepts(item, scope)) into.push(item);
  };
}

function candidates(value: Json): readonly Json[] {
  if (Array.isArray(value)) return value;
  return isObject(value) ? [value] : [];
}

/**
 * Pre-order, as Jayway walks; with a stack of its own, as data may be deep. A filter is tried on objects only there:
 * elements are met when the walk comes to them.
 */
function descend(step: Spread, objectsOnly: boolean): Spread {
  return (value, into, scope) => {
    const waiting: Json[] = [value];
    for (let here = waiting.pop(); here !== undefined; here = waiting.pop()) {
      if (!objectsOnly || isObject(here)) step(here, into, scope);
      for (const child of children(here).filter(isComposite).toReversed()) waiting.push(child);
    }
  };
}

function isComposite(value: Json): boolean {
  return typeof value === 'object' && value !== null;
}

function children(value: Json): readonly Json[] {
  if (Array.isArray(value)) return value;
  return isObject(value) ? Object.values(value) : [];
}

/** Jayway's slices: no step; with both ends given, a negative end is not counted from the end (`[1:-1]` is empty). */
function slice(items: readonly Json[], from: number | undefined, to: number | undefined): readonly Json[] {
  if (from === undefined) return items.slice(0, to);
  if (to === undefined) return items.slice(from);
  const end = Math.min(items.length, to);
  const found: Json[] = [];
  for (let index = from; index < end; index += 1) {
    const item = items.at(index);
    if (item !== undefined) found.push(item);
  }
  return found;
}
