import { z } from 'zod';
import type { Event } from '@/lib/engine/event';
import type { Json as JsonValue } from '@/lib/expression/json';
import { executionStatuses } from './execution-status';
import { FlowSettings } from './flow-settings';

/**
 * What the HTTP API says about flows, versions and executions. Routes answer with these shapes and the typed client
 * parses them; the OpenAPI document is generated from them. Times are ISO 8601 in UTC.
 */

/** Any JSON value. What reaches it came out of `JSON.parse`, so it only has to be there. */
export const Json = z
  .custom<JsonValue>((value) => value !== undefined, 'A JSON value is missing')
  .meta({ description: 'Any JSON value.' });

export const Problem = z
  .object({
    code: z.string().meta({ description: 'Stable and searchable, such as `MISSING_TARGET`.' }),
    severity: z.enum(['error', 'warning']),
    pointer: z.string().meta({ description: 'JSON Pointer to what is at fault.' }),
    message: z.string().meta({ description: 'What is wrong and what to do, in one sentence.' }),
    line: z.int().optional().meta({ description: 'Line in the code at `pointer`, from 1.' }),
    column: z.int().optional(),
    fix: z.object({ title: z.string(), pointer: z.string(), value: Json.optional() }).optional(),
  })
  .meta({ id: 'Problem', description: 'Something wrong, or doubtful, in a definition or in a request.' });

export const ExecutionStatus = z.enum(executionStatuses).meta({ id: 'ExecutionStatus' });

/** How many executions are in each status; counting stops at 10,000 in each. */
const Counts = z.record(ExecutionStatus, z.int());

export const FlowSummary = z
  .object({
    id: z.uuid(),
    name: z.string(),
    description: z.string(),
    latestVersion: z
      .int()
      .meta({ description: 'Number of the newest version; 0 where nothing was saved yet.' }),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    settings: FlowSettings,
    counts: Counts.meta({
      description: 'Executions of the last 30 days by status, each counted up to 10,000.',
    }),
    lastExecution: z
      .object({ id: z.uuid(), status: ExecutionStatus, startedAt: z.iso.datetime() })
      .nullable(),
  })
  .meta({ id: 'FlowSummary' });

export const Layout = z.record(z.string(), z.object({ x: z.number(), y: z.number() })).meta({
  id: 'Layout',
  description:
    'Where states stand on the canvas, by JSON Pointer of the state. Absent ones are laid out automatically.',
});

export const Format = z.enum(['json', 'yaml']);

export const VersionSummary = z
  .object({
    id: z.uuid(),
    flowId: z.uuid(),
    number: z.int(),
    format: Format,
    note: z.string(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'VersionSummary' });

export const Version = VersionSummary.extend({
  source: z.string().meta({ description: 'The text as it was saved.' }),
  definition: Json,
  layout: Layout,
}).meta({ id: 'Version' });

export const ExecutionSummary = z
  .object({
    id: z.uuid(),
    name: z.string(),
    flowId: z.uuid(),
    flowName: z.string(),
    version: z.int().meta({ description: 'The version of the flow that it runs now.' }),
    formerVersions: z
      .array(z.int())
      .meta({ description: 'Those that it ran before a redrive replaced its definition, in order.' }),
    status: ExecutionStatus,
    startedAt: z.iso.datetime(),
    endedAt: z.iso.datetime().nullable(),
    error: z.string().nullable(),
    cause: z.string().nullable(),
    queued: z
      .boolean()
      .meta({ description: 'It runs, but waits for its flow to have room for another execution.' }),
    priority: z.int(),
    alias: z
      .string()
      .nullable()
      .meta({ description: 'The alias that it was started by; `version` was drawn then.' }),
    redrives: z.int().meta({ description: 'How often it was continued by hand after a failure.' }),
    parent: z.object({ executionId: z.uuid(), step: z.int() }).nullable(),
  })
  .meta({ id: 'ExecutionSummary' });

export const Execution = ExecutionSummary.extend({
  versionId: z.uuid(),
  definition: Json,
  layout: Layout,
  input: Json,
  output: Json.nullable(),
  lastEvent: z.int().meta({ description: 'Id of the newest event: the stream goes on from here.' }),
}).meta({ id: 'Execution' });

/** One event of the history; `seed` is always empty and `token` absent: both are secrets of the execution. */
export const HistoryEvent = z
  .custom<Event>(isEvent, 'Not an event: id, previous, at or type is missing')
  .meta({
    id: 'HistoryEvent',
    type: 'object',
    description: 'One event of the history; what else it holds depends on its type.',
    properties: {
      id: { type: 'integer' },
      previous: { type: 'integer' },
      at: { type: 'integer', description: 'Milliseconds since 1970, UTC.' },
      type: { type: 'string' },
    },
    required: ['id', 'previous', 'at', 'type'],
  });

function isEvent(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { id, previous, at, type } = value as Partial<Record<string, unknown>>;
  return [id, previous, at].every(Number.isInteger) && typeof type === 'string';
}

export const LogLine = z
  .object({
    id: z.int(),
    step: z.int(),
    attempt: z.int(),
    at: z.int().meta({ description: 'Milliseconds since 1970, UTC.' }),
    level: z.enum(['debug', 'info', 'warn', 'error']),
    text: z.string(),
  })
  .meta({ id: 'LogLine' });

/** A kind of task: what the palette shows, and the JSON Schema from which the inspector builds its form. */
export const TaskKind = z
  .object({
    resource: z.string().meta({ description: 'What a Task state writes as its Resource.' }),
    aliases: z.array(z.string()).meta({ description: 'Other resources that mean the same.' }),
    title: z.string(),
    description: z.string(),
    icon: z.string().meta({ description: 'Name of a lucide icon.' }),
    parameters: z.record(z.string(), Json).meta({
      description:
        'JSON Schema of the parameters; `title`, `description`, `default`, `examples` and `format` (`code`, `json`, `text`, `flow`, `status`) drive the form; `problem` says what to do about a value that is not allowed.',
    }),
    initial: Json.meta({ description: 'Parameters of a new state.' }),
    isOffered: z.boolean().meta({
      description: 'Whether the palette shows it. Kinds for flows that come from elsewhere are not shown.',
    }),
  })
  .meta({ id: 'TaskKind' });

export const Template = z
  .object({
    id: z.string(),
    title: z.string(),
    description: z.string(),
    tags: z.array(z.string()),
    definition: Json,
    layout: Layout.optional(),
    needs: z.array(z.string()).optional().meta({
      description:
        'Templates whose flows this one runs: they are made with it where no flow has their title yet.',
    }),
    inputs: z
      .array(z.object({ title: z.string(), input: Json }))
      .meta({ description: 'Inputs to try; the first one is the default.' }),
  })
  .meta({ id: 'Template' });

export const Page = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

export const ExecutionPage = Page(ExecutionSummary).extend({
  counts: Counts.meta({
    description: 'Executions that the other filters let through, by status, each counted up to 10,000.',
  }),
});

export type Problem = z.infer<typeof Problem>;
export type FlowSummary = z.infer<typeof FlowSummary>;
export type Layout = z.infer<typeof Layout>;
export type VersionSummary = z.infer<typeof VersionSummary>;
export type Version = z.infer<typeof Version>;
export type ExecutionSummary = z.infer<typeof ExecutionSummary>;
export type ExecutionPage = z.infer<typeof ExecutionPage>;
export type Execution = z.infer<typeof Execution>;
export type LogLine = z.infer<typeof LogLine>;
export type TaskKind = z.infer<typeof TaskKind>;
export type Template = z.infer<typeof Template>;
