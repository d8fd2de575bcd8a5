import type { Json } from './json';
import type { Scope } from './scope';

/** A scope for tests: what is not given is empty, chance always draws one half, and it is the first of January 1970. */
export function scopeOf(
  data: Json,
  given: {
    readonly variables?: { readonly [name: string]: Json };
    readonly context?: Json;
    readonly fuel?: number;
  } = {},
): Scope {
  const { variables = {}, context = {} } = given;
  return {
    data,
    states: { input: data },
    context: () => context,
    variable: (name) => (Object.hasOwn(variables, name) ? variables[name] : undefined),
    chance: { random: () => 0.5, uuid: () => '00000000-0000-4000-8000-000000000000' },
    now: 0,
    ...(given.fuel === undefined ? {} : { fuel: given.fuel }),
  };
}
