import { z } from 'zod';
import { aliasName } from './alias-contracts';
import type { Contract } from './contract';
import { execution, flow, limit, name, operator, paging, statuses, text, whole } from './fields';
import {
  Execution,
  ExecutionPage,
  ExecutionStatus,
  ExecutionSummary,
  HistoryEvent,
  Json,
  LogLine,
} from './resources';
import { routes } from './routes';

export const executionContracts = {
  startExecution: {
    ...routes.startExecution,
    summary: 'Start an execution; the same name and input again is the same execution',
    params: flow,
    query: z.object({
      wait: whole(0, 300)
        .default(0)
        .meta({ description: 'Seconds to wait for the end; 0 answers once the execution cannot be lost.' }),
    }),
    body: z.strictObject({
      input: Json.default({}),
      name: name.optional().meta({ description: 'Unique in the flow; made up where it is absent.' }),
      version: whole(1).optional().meta({ description: 'The newest where it is absent.' }),
      alias: aliasName.optional().meta({
        description: 'Instead of a version: one that the alias stands for is drawn by its weights.',
      }),
      priority: z.int().min(-100).max(100).optional().meta({
        description:
          'Who begins first where executions or tasks wait: the higher; the flow says what is usual.',
      }),
    }),
    status: 201,
    otherwise: {
      200: 'The execution ended within the time that was waited for; `output` is what it came to',
      202: 'The execution goes on after the time that was waited for',
    },
    answer: ExecutionSummary.extend({
      output: Json.nullable().optional().meta({
        description: 'Where its end was waited for: what it came to, null where it has not succeeded.',
      }),
    }),
    problems: ['not-found', 'name-taken', 'too-large'],
  },
  listExecutions: {
    ...routes.listExecutions,
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
    ...routes.getExecution,
    summary: 'Get one execution with the definition that it runs',
    params: execution,
    status: 200,
    answer: Execution,
    problems: ['not-found'],
  },
  deleteExecution: {
    ...routes.deleteExecution,
    summary: 'Delete an execution that has ended, with its history',
    params: execution,
    status: 204,
    problems: ['not-found', 'refused'],
  },
  deleteExecutions: {
    ...routes.deleteExecutions,
    summary:
      'Delete many executions that have ended, with their histories: those named, or those that a filter finds',
    body: z.union([
      z.strictObject({ ids: z.array(z.uuid()).min(1).max(1000) }),
      z.strictObject({
        filter: z.strictObject({
          flowId: z.uuid().optional(),
          status: z.array(ExecutionStatus).min(1).optional(),
          search: text(200).optional(),
        }),
      }),
    ]),
    status: 200,
    answer: z.object({
      deleted: z.int(),
      kept: z
        .int()
        .meta({ description: 'They run, or the execution that started them runs; or there are none such.' }),
      more: z.boolean().meta({ description: 'More match than one request deletes: ask again.' }),
    }),
    problems: [],
  },
  redriveExecutions: {
    ...routes.redriveExecutions,
    summary:
      'Let many executions go on from their failures, those named or those that a filter finds; what has finished in them is kept',
    body: z.union([
      z.strictObject({ ids: z.array(z.uuid()).min(1).max(1000), ...operator }),
      z.strictObject({
        filter: z.strictObject({
          flowId: z.uuid().optional(),
          status: z
            .array(z.enum(['failed', 'timedOut', 'stopped']))
            .min(1)
            .optional(),
          search: text(200).optional(),
        }),
        ...operator,
      }),
    ]),
    status: 200,
    answer: z.object({
      redriven: z.int(),
      refused: z
        .array(z.object({ executionId: z.string(), reason: z.string() }))
        .meta({ description: 'Those that could not go on, and why; at most 20 of them.' }),
      refusals: z.int().meta({ description: 'How many could not go on.' }),
      more: z.boolean().meta({ description: 'More match than one request takes: ask again.' }),
    }),
    problems: [],
  },
  listEvents: {
    ...routes.listEvents,
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
    ...routes.listLogs,
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
