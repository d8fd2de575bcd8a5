import type { Contract } from '@/lib/api/contract';
import { contracts } from '@/lib/api/contracts';
import { basePath } from '@/lib/api/routes';

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

/** Addresses without variable parts come first, as in Next: `/executions/delete` is no execution. */
function table(doors: readonly { readonly method: string; readonly path: string }[]): Route[] {
  const variable = (path: string) => path.split('{').length;
  const paths = [...new Set(doors.map(({ path }) => path))].sort((a, b) => variable(a) - variable(b));
  return paths.map((path) => ({
    pattern: patternOf(path),
    methods: doors
      .filter((door) => door.path === path)
      .flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method])),
  }));
}

/** Matches the addresses of a contract's path and captures their variable parts by name, as they are encoded in the address. */
export function patternOf(path: string): RegExp {
  const parts = path.replaceAll('.', '\\.').replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)');
  return new RegExp(`^${basePath}${parts}/?$`);
}
