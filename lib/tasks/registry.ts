import { kindNamed } from '@/lib/flow/task-kinds';
import type { Children } from '@/lib/runner/ports';
import { callbackKind } from './callback';
import { flowKind } from './flow';
import { functionKind } from './function';
import { Pool } from './function/pool';
import { httpKind } from './http';
import { HttpClient } from './http-client';
import type { DescribedTaskKind } from './kind';

export interface Tasks {
  readonly kinds: readonly DescribedTaskKind[];
  /** The kind that a Task state's Resource names, by its own name or an alias. */
  find(resource: string): DescribedTaskKind | undefined;
  /** Ends the processes that run functions. Calls in flight fail; take no new ones after this. */
  close(): Promise<void>;
}

/** Everything a Task state can call. A new kind is one file beside this one and one line here. */
export function openTasks(world: { readonly children: Children }): Tasks {
  const http = new HttpClient();
  const functions = new Pool();
  const kinds = [httpKind(http), functionKind(functions), flowKind(world.children), callbackKind];
  return {
    kinds,
    find: (resource) => kindNamed(kinds, resource),
    close: async () => {
      functions.close();
      await http.close();
    },
  };
}
