import { z } from 'zod';
import { aliasContracts } from './alias-contracts';
import type { Contract } from './contract';
import { executionContracts } from './execution-contracts';
import { flowContracts, versionContracts } from './flow-contracts';
import { repairContracts } from './repair-contracts';
import { TaskKind, Template } from './resources';
import { routes } from './routes';
import { settingsContracts } from './settings';

const serverContracts = {
  listTaskKinds: {
    ...routes.listTaskKinds,
    summary: 'List what a Task state can call',
    status: 200,
    answer: z.object({ items: z.array(TaskKind) }),
    problems: [],
  },
  listTemplates: {
    ...routes.listTemplates,
    summary: 'List the flows to start from',
    status: 200,
    answer: z.object({ items: z.array(Template) }),
    problems: [],
  },
  getHealth: {
    ...routes.getHealth,
    summary: 'Tell whether executions can be started',
    status: 200,
    answer: z.object({ ready: z.boolean() }),
    problems: ['unavailable'],
  },
} as const satisfies Record<string, Contract>;

/** The whole API: routes, the typed client and the OpenAPI document are made from this table. */
export const contracts = {
  ...flowContracts,
  ...versionContracts,
  ...aliasContracts,
  ...executionContracts,
  ...repairContracts,
  ...settingsContracts,
  ...serverContracts,
};
