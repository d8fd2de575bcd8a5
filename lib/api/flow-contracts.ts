import { z } from 'zod';
import type { Contract } from './contract';
import { flow, name, paging, text, whole } from './fields';
import { FlowSettingsChange } from './flow-settings';
import { FlowSummary, Format, Layout, Page, Problem, Version, VersionSummary } from './resources';
import { routes } from './routes';
import { StateTest, StateTestResult } from './state-test';

export const flowContracts = {
  listFlows: {
    ...routes.listFlows,
    summary: 'List the flows, last changed first',
    query: z.object({ search: text(200).optional(), ...paging }),
    status: 200,
    answer: Page(FlowSummary),
    problems: [],
  },
  createFlow: {
    ...routes.createFlow,
    summary: 'Create a flow, with a first version where a source or a template is given',
    body: z.strictObject({
      name: name.optional().meta({ description: 'Needed unless a template gives it.' }),
      description: text(2000).optional(),
      source: z.string().optional(),
      format: Format.optional(),
      layout: Layout.optional(),
      template: z.string().max(80).optional(),
    }),
    status: 201,
    answer: FlowSummary,
    problems: ['name-taken', 'invalid-definition'],
  },
  getFlow: {
    ...routes.getFlow,
    summary: 'Get one flow',
    params: flow,
    status: 200,
    answer: FlowSummary,
    problems: ['not-found'],
  },
  updateFlow: {
    ...routes.updateFlow,
    summary: 'Rename a flow, change its description or some of its settings',
    params: flow,
    body: z.strictObject({
      name: name.optional(),
      description: text(2000).optional(),
      settings: FlowSettingsChange.optional(),
    }),
    status: 200,
    answer: FlowSummary,
    problems: ['not-found', 'name-taken', 'invalid-definition'],
  },
  deleteFlow: {
    ...routes.deleteFlow,
    summary:
      'Delete a flow with its versions and executions; with `force=true` running executions are stopped first',
    params: flow,
    query: z.object({ force: z.enum(['true', 'false']).default('false') }),
    status: 204,
    problems: ['not-found', 'flow-in-use'],
  },
} as const satisfies Record<string, Contract>;

export const versionContracts = {
  listVersions: {
    ...routes.listVersions,
    summary: 'List the versions of a flow, newest first',
    params: flow,
    query: z.object(paging),
    status: 200,
    answer: Page(VersionSummary),
    problems: ['not-found'],
  },
  saveVersion: {
    ...routes.saveVersion,
    summary: 'Save a new version; a definition with errors is refused with all of them',
    params: flow,
    body: z.strictObject({
      source: z.string(),
      format: Format,
      layout: Layout.optional(),
      note: text(2000).optional(),
    }),
    status: 201,
    answer: Version,
    problems: ['not-found', 'invalid-definition'],
  },
  getVersion: {
    ...routes.getVersion,
    summary: 'Get one version; `latest` is the newest',
    params: flow.extend({ number: z.union([z.literal('latest'), whole(1)]) }),
    status: 200,
    answer: Version,
    problems: ['not-found'],
  },
  checkDefinition: {
    ...routes.checkDefinition,
    summary: 'Find the problems of a definition without saving it',
    body: z.strictObject({
      source: z.string(),
      format: Format,
      profile: z
        .enum(['standard', 'express'])
        .optional()
        .meta({ description: 'Express flows may not wait.' }),
    }),
    status: 200,
    answer: z.object({ problems: z.array(Problem) }),
    problems: [],
  },
  testState: {
    ...routes.testState,
    summary: 'Try one state with an input and a mocked result, without an execution (AWS calls it TestState)',
    body: StateTest,
    status: 200,
    answer: StateTestResult,
    problems: ['invalid-definition'],
  },
} as const satisfies Record<string, Contract>;
