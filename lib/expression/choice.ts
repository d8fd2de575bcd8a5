import { compileOperator, isOperator } from './choice-operator';
import { LanguageFailure } from './failure';
import { isObject, type Json, type JsonObject } from './json';
import { compileExpression, isExpression } from './jsonata';
import { compilePath } from './path';
import type { Scope } from './scope';

/** Whether a choice rule matches. Throws LanguageFailure. */
export type Condition = (scope: Scope) => boolean;

/**
 * A JSONPath choice rule: `Variable` and one comparison operator, or `And`, `Or`, `Not`. `Next`, `Assign` and `Comment`
 * are passed over. Throws ExpressionSyntaxError for a bad path and Error for a rule that has no operator.
 */
export function compileChoiceRule(rule: JsonObject): Condition {
  if (Array.isArray(rule.And)) {
    const parts = rule.And.map(compilePart);
    return (scope) => parts.every((holds) => holds(scope));
  }
  if (Array.isArray(rule.Or)) {
    const parts = rule.Or.map(compilePart);
    return (scope) => parts.some((holds) => holds(scope));
  }
  if (isObject(rule.Not)) {
    const holds = compileChoiceRule(rule.Not);
    return (scope) => !holds(scope);
  }
  return compileComparison(rule);
}

function compilePart(part: Json): Condition {
  if (!isObject(part))
    throw new Error(`${JSON.stringify(part)} is no choice rule: it was compiled without being checked`);
  return compileChoiceRule(part);
}

function compileComparison(rule: JsonObject): Condition {
  const name = Object.keys(rule).find(isOperator);
  if (name === undefined || typeof rule.Variable !== 'string') {
    throw new Error(
      `choice rule ${JSON.stringify(rule)} has no operator or no Variable: it was compiled without being checked`,
    );
  }
  const operand = rule[name] ?? null;
  if (name === 'IsPresent') {
    const { find } = compilePath(rule.Variable);
    return (scope) => (find(scope) !== undefined) === operand;
  }
  const variable = compileRequired(rule.Variable);
  const holds = compileOperator(name, operand);
  if (!name.endsWith('Path') || typeof operand !== 'string')
    return (scope) => holds(variable(scope), operand);
  const other = compileRequired(operand);
  return (scope) => holds(variable(scope), other(scope));
}

function compileRequired(text: string): (scope: Scope) => Json {
  const { find } = compilePath(text);
  return (scope) => {
    const value = find(scope);
    if (value !== undefined) return value;
    throw new LanguageFailure(
      'States.Runtime',
      `Invalid path '${text}': The choice state's condition path references an invalid value.`,
    );
  };
}

/** A JSONata `Condition`: an expression or a plain boolean. `location` names the field: `Choices[0]/Condition`. */
export function compileCondition(condition: Json, location: string): Condition {
  if (typeof condition === 'boolean') return () => condition;
  if (!isExpression(condition)) {
    throw new Error(
      `${location} is neither a boolean nor an expression: it was compiled without being checked`,
    );
  }
  const expression = compileExpression(condition);
  return (scope) => expression.evaluateAs(scope, location, 'boolean') === true;
}
