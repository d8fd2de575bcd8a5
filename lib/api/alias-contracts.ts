import { z } from 'zod';
import type { Contract } from './contract';
import { flow, text } from './fields';
import { routes } from './routes';

/** A name such as `live`; never one that could be taken for a version. */
export const aliasName = z
  .string()
  .regex(/^[A-Za-z][\w-]{0,63}$/, 'An alias begins with a letter and has at most 64 letters, digits, - and _')
  .refine((name) => name !== 'latest', '"latest" is always the newest version');

const Route = z.strictObject({
  version: z.int().min(1),
  weight: z.int().min(0).max(100).meta({ description: 'How many of a hundred executions it gets.' }),
});

const shares = z
  .array(Route)
  .min(1)
  .max(10)
  .refine(
    (list) => new Set(list.map(({ version }) => version)).size === list.length,
    'A version stands there twice',
  )
  .refine(
    (list) => list.reduce((sum, { weight }) => sum + weight, 0) === 100,
    'The weights must add up to 100',
  );

export const Alias = z
  .object({
    name: z.string(),
    description: z.string(),
    routes: z.array(Route).meta({ description: 'By version, the highest first; the weights add up to 100.' }),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'Alias' });
export type Alias = z.infer<typeof Alias>;

const alias = flow.extend({ alias: aliasName });

export const aliasContracts = {
  listAliases: {
    ...routes.listAliases,
    summary: 'List the aliases of a flow: names for versions that may change',
    params: flow,
    status: 200,
    answer: z.object({ items: z.array(Alias) }),
    problems: ['not-found'],
  },
  saveAlias: {
    ...routes.saveAlias,
    summary: 'Say which versions an alias stands for, and which share of the executions each gets',
    params: alias,
    body: z.strictObject({ routes: shares, description: text(500).default('') }),
    status: 200,
    answer: Alias,
    problems: ['not-found'],
  },
  deleteAlias: {
    ...routes.deleteAlias,
    summary: 'Delete an alias; executions that were started by it go on',
    params: alias,
    status: 204,
    problems: ['not-found'],
  },
} as const satisfies Record<string, Contract>;
