import type { Json } from './json';

/** Where a path begins: the data (`$`), the context object (`$$`), or a variable (`$name`). */
export type Root =
  | { readonly kind: 'data' }
  | { readonly kind: 'context' }
  | { readonly kind: 'variable'; readonly name: string };

export interface PathSyntax {
  readonly root: Root;
  readonly segments: readonly Segment[];
  /** Where each segment begins in the text, counted from zero. */
  readonly starts: readonly number[];
}

export type Segment =
  /** `.name`, `['name']`; several names pick those members. */
  | { readonly kind: 'members'; readonly names: readonly string[] }
  | { readonly kind: 'indices'; readonly indices: readonly number[] }
  | { readonly kind: 'slice'; readonly from: number | undefined; readonly to: number | undefined }
  | { readonly kind: 'wildcard' }
  | { readonly kind: 'filter'; readonly filter: Filter }
  /** `..`: the next segment, tried at every depth. */
  | { readonly kind: 'descent' }
  | { readonly kind: 'function'; readonly name: FunctionName; readonly parameters: readonly Parameter[] };

export const functionNames = [
  'length',
  'size',
  'min',
  'max',
  'avg',
  'stddev',
  'sum',
  'keys',
  'first',
  'last',
  'index',
  'concat',
  'append',
] as const;
export type FunctionName = (typeof functionNames)[number];

export type Parameter =
  | { readonly kind: 'literal'; readonly value: Json }
  | { readonly kind: 'path'; readonly path: PathSyntax };

/** What stands in `[?( … )]`. */
export type Filter =
  | { readonly kind: 'or' | 'and'; readonly parts: readonly Filter[] }
  | { readonly kind: 'not'; readonly part: Filter }
  /** A path that stands alone: whether it leads anywhere. */
  | { readonly kind: 'exists'; readonly operand: Operand }
  | {
      readonly kind: 'compare';
      readonly left: Operand;
      readonly operator: Operator;
      readonly right: Operand;
    };

export type Operand =
  | { readonly kind: 'literal'; readonly value: Json }
  | { readonly kind: 'pattern'; readonly pattern: RegExp }
  /** `@…`: from the item that is tested. */
  | { readonly kind: 'item'; readonly segments: readonly Segment[] }
  | { readonly kind: 'path'; readonly path: PathSyntax };

/** Longer ones first, so that `<=` is not read as `<`. */
export const operators = [
  '===',
  '!==',
  '==',
  '!=',
  '=~',
  '<=',
  '>=',
  '<',
  '>',
  'subsetof',
  'noneof',
  'anyof',
  'contains',
  'size',
  'empty',
  'nin',
  'all',
  'in',
] as const;
export type Operator = (typeof operators)[number];

/** A definite path leads to at most one place. A last `['a','b']` gives one object with those members, so it counts. */
export function isDefinite(segments: readonly Segment[]): boolean {
  return segments.every((segment, index) => {
    if (segment.kind === 'members') return segment.names.length === 1 || index === segments.length - 1;
    if (segment.kind === 'indices') return segment.indices.length === 1;
    return segment.kind === 'function';
  });
}

/** Jayway's way to write a path in messages: `$['a'][0]`. */
export function canonical(segments: readonly Segment[]): string {
  return `$${segments.map(fragment).join('')}`;
}

function fragment(segment: Segment): string {
  switch (segment.kind) {
    case 'members':
      return `[${segment.names.map((name) => `'${name}'`).join(',')}]`;
    case 'indices':
      return `[${segment.indices.join(',')}]`;
    case 'slice':
      return `[${segment.from ?? ''}:${segment.to ?? ''}]`;
    case 'wildcard':
      return '[*]';
    case 'filter':
      return '[?]';
    case 'descent':
      return '..';
    case 'function':
      return `.${segment.name}()`;
  }
}
