import { z } from 'zod';
import type { Contract } from './contract';
import { execution, flow, limit, name, paging, statuses, text, whole } from './fields';
import { Execution, ExecutionPage, ExecutionSummary, HistoryEvent, Json, LogLine } from './resources';

export const executionContracts = {
  startExecution: {
    method: 'POST',
    path: '/flows/{flowId}/executions',
    summary: 'Start an execution; the same name and input again is the same execution',
    params: flow,
    body: z.strictObject({
      input: Json.default({}),
      name: name.optional().meta({ description: 'Unique in the flow; made up where it is absent.' }),
      version: whole(1).optional().meta({ description: 'The newest where it is absent.' }),
    }),
    status: 201,
    answer: ExecutionSummary,
    problems: ['not-found', 'name-taken', 'too-large'],
  },
  listExecutions: {
    method: 'GET',
    path: '/executions',
    summary: 'List executions, newest first',
    query: z.object({
      flowId: z.uuid().optional(),
      status: statuses.optional(),
      search: text(200).optional().meta({ description: 'Part of a name, or an id from its beginning.' }),
      ...paging,
    }),
    status: 200,
    answer: ExecutionPage,
    problems: [],
  },
  getExecution: {
    method: 'GET',
    path: '/executions/{executionId}',
    summary: 'Get one execution with the definition that it runs',
    params: execution,
    status: 200,
    answer: Execution,
    problems: ['not-found'],
  },
  listEvents: {
    method: 'GET',
    path: '/executions/{executionId}/events',
    summary: 'Read the history in order, from after an event',
    params: execution,
    query: z.object({ after: whole(0).default(0), limit: limit(1000, 5000) }),
    status: 200,
    answer: z.object({
      items: z.array(HistoryEvent),
      nextAfter: z.int().nullable().meta({ description: 'Where to go on; null at the end.' }),
    }),
    problems: ['not-found'],
  },
  listLogs: {
    method: 'GET',
    path: '/executions/{executionId}/logs',
    summary: 'Read the log lines in order, of all steps or of one',
    params: execution,
    query: z.object({
      step: whole(1).optional(),
      attempt: whole(1).optional(),
      after: whole(0, Number.MAX_SAFE_INTEGER).default(0),
      limit: limit(500, 2000),
    }),
    status: 200,
    answer: z.object({ items: z.array(LogLine), nextAfter: z.int().nullable() }),
    problems: ['not-found'],
  },
} as const satisfies Record<string, Contract>;
