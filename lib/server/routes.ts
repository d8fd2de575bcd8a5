import { basePath, type Contract } from '@/lib/api/contract';
import { contracts } from '@/lib/api/contracts';

interface Route {
  readonly pattern: RegExp;
  readonly methods: readonly string[];
}

/** Addresses that are no contracts, as their answers are not JSON values of ours. */
const others = [
  { method: 'GET', path: '/openapi.json' },
  { method: 'GET', path: '/executions/{executionId}/stream' },
];

const routes = table([...Object.values<Contract>(contracts), ...others]);

/** The methods that an address of the API takes; undefined where it is none. */
export function methodsOf(path: string): readonly string[] | undefined {
  return routes.find(({ pattern }) => pattern.test(path))?.methods;
}

function table(doors: readonly { readonly method: string; readonly path: string }[]): Route[] {
  return [...new Set(doors.map(({ path }) => path))].map((path) => ({
    pattern: new RegExp(`^${basePath}${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}/?$`),
    methods: doors
      .filter((door) => door.path === path)
      .flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method])),
  }));
}
