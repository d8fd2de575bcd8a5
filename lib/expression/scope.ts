import type { Json } from './json';

/** What an expression may look at while it is evaluated. Everything comes in from outside: no clock, no dice. */
export interface Scope {
  /** JSONPath's `$`. */
  readonly data: Json;
  /** JSONata's `$states`, without `context` (that is read lazily through `context`). */
  readonly states?: { readonly input: Json; readonly result?: Json; readonly errorOutput?: Json };
  /** The context object (`$$`, `$states.context`), built only when an expression asks for it. */
  readonly context: () => Json;
  /** The value of a variable visible here, or undefined where it was never assigned. */
  readonly variable: (name: string) => Json | undefined;
  readonly chance: Chance;
  /** Milliseconds since 1970, UTC: what JSONata's `$now()` and `$millis()` tell. */
  readonly now: number;
  /** How many evaluation steps a JSONata expression may take before it fails; undefined means the default. */
  readonly fuel?: number;
}

/** Randomness handed in; the engine derives it from the seed in the history, so a replay draws the same. */
export interface Chance {
  /** A number in [0, 1). */
  readonly random: () => number;
  /** A version 4 UUID. */
  readonly uuid: () => string;
}
