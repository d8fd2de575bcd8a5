import { kindNamed } from '@/lib/flow/task-kinds';
import type { Children } from '@/lib/runner/children-port';
import type { MapStorage } from '@/lib/runner/ports';
import { callbackKind } from './callback';
import { flowKind } from './flow';
import { functionKind } from './function';
import { Pool } from './function/pool';
import { httpKind } from './http';
import { HttpClient } from './http-client';
import { httpInvokeKind } from './http-invoke';
import type { DescribedTaskKind } from './kind';
import { openMapStorage } from './maps/storage';
import { startExecutionKinds } from './start-execution';

export interface Tasks {
  readonly kinds: readonly DescribedTaskKind[];
  /** The kind that a Task state's Resource names, by its own name or an alias. */
  find(resource: string): DescribedTaskKind | undefined;
  /** What distributed Maps read and write. */
  readonly mapStorage: MapStorage;
  /** Ends the processes that run functions. Calls in flight fail; take no new ones after this. */
  close(): Promise<void>;
}

/** Everything a Task state can call. A new kind is one file beside this one and one line here. */
export function openTasks(world: { readonly children: Children; readonly dataFolder: string }): Tasks {
  const http = new HttpClient();
  const functions = new Pool();
  const kinds = [
    httpKind(http),
    functionKind(functions),
    flowKind(world.children),
    callbackKind,
    httpInvokeKind(http),
    ...startExecutionKinds(world.children),
  ];
  return {
    kinds,
    mapStorage: openMapStorage({ dataFolder: world.dataFolder, http }),
    find: (resource) => kindNamed(kinds, resource),
    close: async () => {
      functions.close();
      await http.close();
    },
  };
}
