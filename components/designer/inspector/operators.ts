import type { Json, JsonObject } from '@/lib/expression/json';

const orders = ['Equals', 'LessThan', 'GreaterThan', 'LessThanEquals', 'GreaterThanEquals'];
const kinds = ['String', 'Numeric', 'Timestamp'];
const ordered = kinds.flatMap((kind) => orders.flatMap((order) => [kind + order, `${kind + order}Path`]));

/** The comparisons of JSONPath choice rules, the most used first. */
export const operators: readonly string[] = [
  'IsPresent',
  'StringEquals',
  'StringMatches',
  'NumericEquals',
  'BooleanEquals',
  'IsNull',
  'IsString',
  'IsNumeric',
  'IsBoolean',
  'IsTimestamp',
  'BooleanEqualsPath',
  ...ordered.filter((operator) => operator !== 'StringEquals' && operator !== 'NumericEquals'),
];

/** The comparison that a rule makes; undefined for And, Or, Not and rules that have none yet. */
export function operatorOf(rule: JsonObject): string | undefined {
  return Object.keys(rule).find((key) => operators.includes(key));
}

/** What a comparison is made with until somebody says. */
export function fallbackFor(operator: string): Json {
  if (operator.endsWith('Path')) return '$.value';
  if (operator.startsWith('Is') || operator.startsWith('Boolean')) return true;
  return operator.startsWith('Numeric') ? 0 : '';
}

/** The rule with another comparison, whose value is kept where it still fits. */
export function withOperator(rule: JsonObject, operator: string): JsonObject {
  const old = operatorOf(rule);
  const value = old === undefined ? undefined : rule[old];
  const fallback = fallbackFor(operator);
  const fits =
    value !== undefined &&
    typeof value === typeof fallback &&
    operator.endsWith('Path') === old?.endsWith('Path');
  return Object.fromEntries(
    Object.entries(rule).map(([key, one]) =>
      key === old ? [operator, fits ? value : fallback] : [key, one],
    ),
  );
}
