import { jsonata } from './generated/jsonata';
import type { Json } from './json';
import { awsFunctions } from './jsonata-function';
import type { Scope } from './scope';

const { core } = jsonata;

/** Steps that an expression may take where the scope names no other number: some tenths of a second. */
export const defaultFuel = 1_000_000;
/** Nested steps; recursion that is no tail call ends here, well before the stack does. */
const deepest = 1500;
/** Elements of a sequence that a range or an append may make. */
const longestSequence = 1_000_000;

/** Thrown inside an evaluation; jsonata lets everything pass that it does not know. */
export class FuelSpent extends Error {
  override readonly name = 'FuelSpent';
}

/** All of JSONata's functions with AWS's changes: made once, never changed by an evaluation. */
const library = core.createFrame(core.staticFrame);
for (const [name, { implementation, signature }] of Object.entries(awsFunctions)) {
  library.bind(name, core.defineFunction(implementation, signature));
}
library.bind('eval', undefined);

/**
 * The outermost frame of one evaluation. It has the shape that the interpreter expects of a frame; variables are looked
 * up in the scope when they are read, so nothing is bound beforehand.
 */
export class EvaluationFrame {
  readonly scope: Scope;
  readonly base: EvaluationFrame = this;
  readonly options = { sequence: longestSequence };
  readonly RegexEngine = RegExp;
  readonly global = { ancestry: [null] };
  readonly timestamp = null;
  readonly createSequence = createSequence;
  isParallelCall = false;
  depth = 0;
  private fuel: number;
  private states: object | undefined;
  private bindings: Map<string, unknown> | undefined;

  constructor(scope: Scope) {
    this.scope = scope;
    this.fuel = scope.fuel ?? defaultFuel;
  }

  bind(name: string, value: unknown): void {
    this.bindings ??= new Map();
    this.bindings.set(name, value);
  }

  lookup(name: string): unknown {
    if (this.bindings?.has(name)) return this.bindings.get(name);
    if (name === 'states') return this.readStates();
    const variable = this.scope.variable(name);
    return variable === undefined ? library.lookup(name) : variable;
  }

  /** Called by the interpreter before each step. */
  guardrails(): void {
    this.fuel -= 1;
    if (this.fuel < 0) throw new FuelSpent();
    if (this.depth > deepest) throw Object.assign(new Error(), { code: 'D1011' });
  }

  /** Called by the interpreter with each step's result: big ones cost more than a step. */
  weigh(result: unknown): void {
    if (typeof result === 'string') this.fuel -= result.length >> 6;
    else if (Array.isArray(result)) this.fuel -= result.length >> 5;
  }

  private readStates(): object | undefined {
    const { states, context } = this.scope;
    if (states === undefined) return undefined;
    this.states ??= withContext(states, context);
    return this.states;
  }
}

/** `$states` with a `context` that is built when it is first read. */
function withContext(states: NonNullable<Scope['states']>, context: () => Json): object {
  let built: Json | undefined;
  return Object.defineProperty({ ...states }, 'context', {
    enumerable: true,
    get: () => {
      built ??= context();
      return built;
    },
  });
}

/** What the interpreter's own `createSequence` makes: an array marked as a sequence, so that singletons unwrap. */
function createSequence(...items: unknown[]): unknown[] {
  return Object.assign(items, { sequence: true });
}

/** Runs a parsed expression. What it throws is the interpreter's, with `code` and `message` filled in, or FuelSpent. */
export function run(syntax: unknown, scope: Scope): unknown {
  try {
    return core.evaluate(syntax, undefined, new EvaluationFrame(scope));
  } catch (error) {
    if (typeof error === 'object' && error !== null && !(error instanceof FuelSpent))
      core.populateMessage(error);
    throw error;
  }
}

/** Whether `$name` is one of JSONata's or AWS's functions. */
export function isLibraryFunction(name: string): boolean {
  return library.lookup(name) !== undefined;
}
