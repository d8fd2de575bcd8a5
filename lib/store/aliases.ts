import type { Prisma } from '@/prisma/generated/client';
import type { Store } from './client';
import { isViolation } from './violation';

export interface Route {
  readonly version: number;
  readonly weight: number;
}

export interface AliasRow {
  readonly name: string;
  readonly description: string;
  readonly updatedAt: Date;
  readonly routes: readonly Route[];
}

const shown = {
  name: true,
  description: true,
  updatedAt: true,
  routes: { select: { version: true, weight: true }, orderBy: { version: 'desc' } },
} as const satisfies Prisma.FlowAliasSelect;

export function listAliases({ prisma }: Store, flowId: string): Promise<AliasRow[]> {
  return prisma.flowAlias.findMany({ where: { flowId }, select: shown, orderBy: { name: 'asc' } });
}

/** Which versions an alias stands for; undefined where the flow has no such alias. */
export async function findAlias(
  { prisma }: Store,
  flowId: string,
  name: string,
): Promise<AliasRow | undefined> {
  const where = { flowId_name: { flowId, name } };
  return (await prisma.flowAlias.findUnique({ where, select: shown })) ?? undefined;
}

/** Undefined where the flow does not exist, or has not all of these versions. */
export async function saveAlias(
  store: Store,
  flowId: string,
  { name, description, routes }: Pick<AliasRow, 'name' | 'description' | 'routes'>,
): Promise<AliasRow | undefined> {
  const { prisma } = store;
  try {
    await prisma.$transaction([
      prisma.flowAliasRoute.deleteMany({ where: { flowId, alias: name } }),
      prisma.flowAlias.upsert({
        where: { flowId_name: { flowId, name } },
        create: { flowId, name, description },
        update: { description, updatedAt: new Date() },
      }),
      prisma.flowAliasRoute.createMany({
        data: routes.map(({ version, weight }) => ({ flowId, alias: name, version, weight })),
      }),
    ]);
    return await findAlias(store, flowId, name);
  } catch (error) {
    if (isViolation(error, 'foreignKey')) return undefined;
    throw error;
  }
}

/** False where there was none. */
export async function deleteAlias({ prisma }: Store, flowId: string, name: string): Promise<boolean> {
  const { count } = await prisma.flowAlias.deleteMany({ where: { flowId, name } });
  return count > 0;
}
