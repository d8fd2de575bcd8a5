import { jsonata } from './generated/jsonata';
import type { Json } from './json';
import { awsFunctions } from './jsonata-function';
import { createSequence } from './jsonata-sequence';
import type { Scope } from './scope';

const { core } = jsonata;

/** Steps that an expression may take where the scope names no other number: some tenths of a second. */
const defaultFuel = 1_000_000;
/** Nested steps; recursion that is no tail call ends here, well before the stack does. */
const deepest = 1000;
/** Characters that hardly anybody needs in one text: longer ones use up the fuel soon. */
const longText = 1_000_000;
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
  readonly createSequence = createSequence;
  isParallelCall = false;
  depth = 0;
  /** What a native function finds as `this`. */
  readonly focus = { environment: this, input: undefined, options: this.options, createSequence };
  private fuel: number;
  private clock: object | undefined;
  /** `$states` with a `context` that is built when it is first read. */
  private states: object | undefined;
  private context: Json | undefined;
  private bindings: Map<string, unknown> | undefined;

  constructor(scope: Scope) {
    this.scope = scope;
    this.fuel = scope.fuel ?? defaultFuel;
  }

  /** What is missing in a date that `$toMillis` reads is taken from here. */
  get timestamp(): object {
    // biome-ignore lint/style/noRestrictedGlobals: made from the scope's time, as the interpreter asks for this type
    this.clock ??= new Date(this.scope.now);
    return this.clock;
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

  /** Takes fuel for work that is not seen as steps; the next step notices where it is spent. */
  charge(steps: number): void {
    this.fuel -= steps;
  }

  /** Called by the interpreter with each step's result: big ones cost more than a step. */
  weigh(result: unknown): void {
    if (typeof result === 'string') this.charge(result.length >> (result.length > longText ? 2 : 6));
    else if (Array.isArray(result)) this.charge(result.length >> 3);
  }

  /** `$states.NAME`, without making all of `$states`. */
  readState(name: string): unknown {
    const { states } = this.scope;
    if (states === undefined || this.bindings?.has('states'))
      return Reflect.get(Object(this.lookup('states')), name);
    switch (name) {
      case 'input':
      case 'result':
      case 'errorOutput':
        return states[name];
      case 'context':
        return this.readContext();
      default:
        return undefined;
    }
  }

  private readStates(): object | undefined {
    if (this.scope.states === undefined) return undefined;
    this.states ??= Object.defineProperty({ ...this.scope.states }, 'context', {
      enumerable: true,
      get: () => this.readContext(),
    });
    return this.states;
  }

  private readContext(): Json {
    this.context ??= this.scope.context();
    return this.context;
  }
}

/** Whether `$name` is one of JSONata's or AWS's functions. */
export function isLibraryFunction(name: string): boolean {
  return library.lookup(name) !== undefined;
}
