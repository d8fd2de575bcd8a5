import { LanguageFailure } from './failure';
import { IntrinsicRefusal, intrinsics } from './intrinsic-function';
import { type Argument, type Call, parseIntrinsic } from './intrinsic-syntax';
import { javaText } from './java-text';
import type { Json } from './json';
import { searched } from './path';
import { compileFind } from './path-evaluation';
import type { Scope } from './scope';

/**
 * Compiles an intrinsic call to a closure. Throws ExpressionSyntaxError; the closure throws LanguageFailure:
 * States.IntrinsicFailure where the function refuses its arguments, States.Runtime where a path leads nowhere.
 */
export function compileIntrinsic(text: string): (scope: Scope) => Json {
  return compileCall(parseIntrinsic(text));
}

function compileCall(call: Call): (scope: Scope) => Json {
  const apply = compileFunction(call);
  return (scope) => {
    try {
      return apply(scope);
    } catch (refusal) {
      if (!(refusal instanceof IntrinsicRefusal)) throw refusal;
      throw new LanguageFailure(
        'States.IntrinsicFailure',
        `The function '${call.text}' had the following error: ${refusal.message}`,
      );
    }
  };
}

function compileFunction(call: Call): (scope: Scope) => Json {
  const [template, ...fillings] = call.arguments;
  if (call.name === 'Format' && template !== undefined) return compileFormat(template, fillings, call);
  if (call.name === 'Format') throw new Error('States.Format was parsed without a template');
  const apply = intrinsics[call.name];
  const values = call.arguments.map((argument) => compileArgument(argument, call));
  return (scope) =>
    apply(
      values.map((value) => value(scope)),
      scope.chance,
    );
}

function compileArgument(argument: Argument, call: Call): (scope: Scope) => Json {
  switch (argument.kind) {
    case 'constant':
      return () => argument.value;
    case 'string': {
      const text = withoutEscapes(argument.written);
      return () => text;
    }
    case 'call':
      return compileCall(argument.call);
    case 'path': {
      const find = compileFind(argument.path.root, argument.path.segments);
      return (scope) => {
        const value = find(scope);
        if (value !== undefined) return value;
        throw new LanguageFailure(
          'States.Runtime',
          `The function '${call.text}' had the following error: The JsonPath argument for the field '${argument.text}' could not be found in the input '${searched(argument.path, scope)}'`,
        );
      };
    }
  }
}

function withoutEscapes(written: string): string {
  return written.replace(/\\(.)/gs, '$1');
}

function compileFormat(
  template: Argument,
  fillings: readonly Argument[],
  call: Call,
): (scope: Scope) => Json {
  const written = template.kind === 'string' ? () => template.written : compileArgument(template, call);
  const values = fillings.map((filling) => compileArgument(filling, call));
  return (scope) => {
    const text = written(scope);
    if (typeof text !== 'string')
      throw new IntrinsicRefusal(`expected a string but was ${JSON.stringify(text)}`);
    return format(
      text,
      values.map((value) => value(scope)),
    );
  };
}

/** Fills each `{}` in order; a backslash takes the next character as it is. */
function format(template: string, values: readonly Json[]): string {
  let used = 0;
  const text = template.replace(/\\([\\{}'])|\{\}/gs, (_, escaped: string | undefined) => {
    if (escaped !== undefined) return escaped;
    used += 1;
    const value = values[used - 1];
    if (value === undefined) throw new IntrinsicRefusal('there are more {} than values');
    return javaText(value);
  });
  if (used < values.length) throw new IntrinsicRefusal(`there are ${values.length} values for ${used} {}`);
  return text;
}
