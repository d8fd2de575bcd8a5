import type { Json, JsonObject } from './json';
import type { Scope } from './scope';

/** Whether a choice rule matches. Throws LanguageFailure. */
export type Condition = (scope: Scope) => boolean;

/**
 * A JSONPath choice rule: `Variable` and one comparison operator, or `And`, `Or`, `Not`. `Next`, `Assign` and `Comment`
 * are passed over. Throws ExpressionSyntaxError for a bad path and Error for a rule that has no operator.
 */
export function compileChoiceRule(rule: JsonObject): Condition {
  throw new Error(`choice rule ${JSON.stringify(rule)}: not compiled yet`);
}

/** A JSONata `Condition`: an expression or a plain boolean. `location` names the field: `Choices[0]/Condition`. */
export function compileCondition(condition: Json, location: string): Condition {
  throw new Error(`${location} ${JSON.stringify(condition)}: not compiled yet`);
}
