import type { Json, JsonObject } from '@/lib/expression/json';

/** What checks need to know of something that a Task state can call. */
export interface CallableKind {
  readonly resource: string;
  /** Other resources that mean the same. */
  readonly aliases?: readonly string[];
  /** JSON Schema of the parameters. */
  readonly parameters: JsonObject;
  /** What the schema cannot say. Asked about what is known of parameters that the schema allows. */
  readonly inspect?: (parameters: Json) => readonly Inspected[];
}

/** Something wrong with parameters; `line` is one of the code at `pointer`. */
export interface Inspected {
  readonly pointer: string;
  readonly message: string;
  readonly line?: number;
}

const waiting = /\.waitForTaskToken$/;

/** The kind that a Resource names, by its own name or another one; any of them may wait for a task token afterwards. */
export function kindNamed<Kind extends Pick<CallableKind, 'resource' | 'aliases'>>(
  kinds: readonly Kind[],
  resource: string,
): Kind | undefined {
  const isNamed = (name: string) => (kind: Kind) => kind.resource === name || kind.aliases?.includes(name);
  return kinds.find(isNamed(resource)) ?? kinds.find(isNamed(resource.replace(waiting, '')));
}
