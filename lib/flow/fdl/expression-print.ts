import type { Expression, Operator, Step } from './expression-model';
import { functionsOfFdl } from './functions';
import { listText } from './list-text';

/** What FDL's variables are in the JSONata at hand, and where to say what cannot be carried over. */
export interface Setting {
  /** The JSONata for a variable with a path, or undefined where there is nothing like it. */
  readonly variable: (root: string, steps: readonly Step[]) => Reference | undefined;
  readonly lost: (message: string) => void;
  /** Where a guess was made that should be looked at. */
  readonly changed: (message: string) => void;
}

/** JSONata text, and the steps of the path that are still to be taken from it. */
export interface Reference {
  readonly text: string;
  readonly steps: readonly Step[];
  /** The text itself may lead nowhere. */
  readonly doubtful?: true;
}

/** The JSONata that means the same as an expression of FDL. */
export function toJsonata(expression: Expression, setting: Setting): string {
  switch (expression.kind) {
    case 'literal':
      return JSON.stringify(expression.value);
    case 'path':
      return path(expression, setting);
    case 'call':
      return call(expression, setting);
    case 'list':
      return list(expression.items, setting);
    case 'map':
      return objectText(expression.members.map(([name, value]) => [name, toJsonata(value, setting)]));
    case 'unary': {
      const operand = toJsonata(expression.operand, setting);
      return expression.operator === '!'
        ? `$not(${truth(expression.operand, setting)})`
        : `-${atom(operand)}`;
    }
    case 'binary':
      return binary(expression, setting);
  }
}

/** The same as a value that is always there: a path that leads nowhere gives null. */
export function toValue(expression: Expression, setting: Setting): string {
  const text = toJsonata(expression, setting);
  return mayBeMissing(expression, setting) ? `$exists(${text}) ? ${text} : null` : text;
}

/** The same as a text; one that is missing is empty. */
export function toText(expression: Expression, setting: Setting): string {
  if (expression.kind === 'literal') return JSON.stringify(String(expression.value));
  const text = toJsonata(expression, setting);
  return mayBeMissing(expression, setting) ? `$exists(${text}) ? $string(${text}) : ""` : `$string(${text})`;
}

function mayBeMissing(expression: Expression, setting: Setting): boolean {
  if (expression.kind === 'call') return expression.name === 'get';
  if (expression.kind !== 'path' || expression.steps.some((step) => 'all' in step)) return false;
  const found = setting.variable(expression.root, expression.steps);
  return found !== undefined && (found.doubtful === true || found.steps.length > 0);
}

/** The same as a condition: JSONata that is true or false whatever is missing. */
export function toCondition(expression: Expression, setting: Setting): string {
  return truth(expression, setting);
}

/** A JSONata object from names and values that are JSONata already. */
export function objectText(members: readonly (readonly [string, string])[]): string {
  return `{${members.map(([name, value]) => `${JSON.stringify(name)}: ${value}`).join(', ')}}`;
}

function list(items: readonly Expression[], setting: Setting): string {
  const texts = items.map((item) => toValue(item, setting));
  const mayNest = items.some(({ kind }) => kind === 'path' || kind === 'call');
  return mayNest ? listText(texts) : `[${texts.join(', ')}]`;
}

/** JSONata text with a path behind it. */
export function follow(text: string, steps: readonly Step[]): string {
  const start = /^[$\w.[\]`]+$/.test(text) || steps.length === 0 ? text : `(${text})`;
  const whole = start + steps.map(stepText).join('');
  // A list of all elements stays one, also with one element or none.
  return steps.some((step) => 'all' in step) ? `[${whole}]` : whole;
}

function stepText(step: Step): string {
  if ('index' in step) return `[${step.index}]`;
  if ('all' in step) return '';
  return /^[A-Za-z_]\w*$/.test(step.name) && !reserved.has(step.name) ? `.${step.name}` : `.\`${step.name}\``;
}

const reserved = new Set(['and', 'or', 'in', 'true', 'false', 'null', 'function']);

function path({ root, steps }: { root: string; steps: readonly Step[] }, setting: Setting): string {
  const found = setting.variable(root, steps);
  if (found !== undefined) return follow(found.text, found.steps);
  setting.lost(`"${root}${steps.map(stepText).join('')}" has no counterpart here: it becomes null`);
  return 'null';
}

function call({ name, args }: { name: string; args: readonly Expression[] }, setting: Setting): string {
  const print = functionsOfFdl.get(name);
  const texts = args.map((arg) => (name === 'toArray' ? toValue(arg, setting) : toJsonata(arg, setting)));
  const printed = print?.(args, texts, setting.changed);
  if (printed !== undefined) return printed;
  setting.lost(`The function "${name}" with these arguments has no counterpart: it becomes null`);
  return 'null';
}

const operators: Readonly<Record<Operator, string>> = {
  '||': 'or',
  '&&': 'and',
  '==': '=',
  '!=': '!=',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
  in: 'in',
  '+': '+',
  '-': '-',
  '*': '*',
  '/': '/',
  '%': '%',
};

type Binary = Extract<Expression, { kind: 'binary' }>;

function binary(expression: Binary, setting: Setting): string {
  const { operator, left, right } = expression;
  if (operator === '==' || operator === '!=') return equality(expression, setting);
  const [before, behind] = [left, right].map((side) => operand(side, operator, toJsonata(side, setting)));
  return `${before} ${operators[operator]} ${behind}`;
}

/** `and` and `or` take what is missing for false, and bind more loosely than comparisons do. */
function operand(side: Expression, operator: Operator, text: string): string {
  const joins = operator === '&&' || operator === '||';
  const compares = side.kind === 'binary' && [...comparing, '=='].includes(side.operator);
  return joins && compares && !/ or /.test(text) ? text : atom(text);
}

/** What is missing equals null and nothing else, while JSONata finds both `=` and `!=` false for it. */
function equality({ operator, left, right }: Binary, setting: Setting): string {
  const [compared, other] = isNull(left) ? [right, left] : [left, right];
  const text = atom(toJsonata(compared, setting));
  const equal = isNull(other)
    ? `$not($exists(${text})) or ${text} = null`
    : `${text} = ${atom(toJsonata(other, setting))}`;
  return operator === '==' ? equal : `$not(${equal})`;
}

function isNull(expression: Expression): boolean {
  return expression.kind === 'literal' && expression.value === null;
}

const comparing: readonly Operator[] = ['<', '<=', '>', '>=', 'in'];

function truth(expression: Expression, setting: Setting): string {
  const text = toJsonata(expression, setting);
  if (expression.kind === 'unary' && expression.operator === '!') return text;
  if (expression.kind === 'literal' && typeof expression.value === 'boolean') return text;
  if (expression.kind !== 'binary') return `$boolean(${text}) = true`;
  // A comparison with something missing gives nothing, which is not true.
  return comparing.includes(expression.operator) ? `(${text}) = true` : text;
}

function atom(text: string): string {
  return /^[$\w.[\]`]+$|^"(?:[^"\\]|\\.)*"$|^\$\w+\([^()]*\)$/.test(text) ? text : `(${text})`;
}
