import type { JsonObject } from '@/lib/expression/json';
import { child } from '../pointer';
import type { Problem } from '../problem';

/** Where the import says what it could not carry over (an error), or carried over in another way (a warning). */
export class Desk {
  readonly problems: Problem[] = [];
  private readonly names = new Set<string>();
  private readonly variables = new Set<string>();
  private readonly origins = new Map<string, string>();

  /** What is not in the imported definition, or does not mean the same there. */
  lost(pointer: string, message: string, column?: number): void {
    const place = column === undefined ? {} : { column };
    this.say({ code: 'FDL_LOST', severity: 'error', pointer, message, ...place });
  }

  /** What is there, but by other means or by a guess that should be looked at. */
  changed(pointer: string, message: string): void {
    this.say({ code: 'FDL_CHANGED', severity: 'warning', pointer, message });
  }

  /** What is written several times in the result is said once. */
  private say(problem: Problem): void {
    const { pointer, message } = problem;
    const isSaid = this.problems.some((said) => said.pointer === pointer && said.message === message);
    if (!isSaid) this.problems.push(problem);
  }

  /** Reports every member of an object that the import does not know. */
  unknown(object: JsonObject, pointer: string, known: readonly string[]): void {
    for (const key of Object.keys(object))
      if (!known.includes(key)) this.lost(child(pointer, key), `"${key}" is not known here and is left out`);
  }

  /** A state name that nobody has yet: in FDL names are unique per list, here in the whole definition. */
  stateName(wanted: string, pointer: string): string {
    const name = free(wanted === '' ? 'State' : wanted, this.names, (count) => ` (${count})`);
    this.origins.set(name, pointer);
    if (name !== wanted)
      this.changed(pointer, `"${wanted}" is named "${name}", as names are unique in a definition`);
    return name;
  }

  /** The name of a state that the import adds. */
  addedState(wanted: string): string {
    return free(wanted, this.names, (count) => ` (${count})`);
  }

  /** A state that is left out because nothing leads to it; not worth a word if the import had added it. */
  dropped(name: string): void {
    const pointer = this.origins.get(name);
    if (pointer !== undefined) this.changed(pointer, `Nothing leads to "${name}": it is left out`);
  }

  variableName(wanted: string): string {
    return free(wanted, this.variables, String);
  }
}

const longest = 80;

function free(wanted: string, taken: Set<string>, suffix: (count: number) => string): string {
  const clean = wanted.replaceAll(/\p{Cc}/gu, ' ');
  for (let count = 1; ; count += 1) {
    const end = count === 1 ? '' : suffix(count);
    const name = [...clean].slice(0, longest - end.length).join('') + end;
    if (taken.has(name)) continue;
    taken.add(name);
    return name;
  }
}
