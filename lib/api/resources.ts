import { z } from 'zod';

/**
 * What the HTTP API says about flows, versions and executions. Routes answer with these shapes and the typed client
 * parses them; the OpenAPI document is generated from them. Times are ISO 8601 in UTC.
 */
export const Json = z.json();

export const Problem = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning']),
  pointer: z.string(),
  message: z.string(),
  column: z.number().int().optional(),
});

export const ExecutionStatus = z.enum(['running', 'succeeded', 'failed', 'timedOut', 'stopped']);

export const FlowSummary = z.object({
  id: z.uuid(),
  name: z.string(),
  description: z.string(),
  /** Number of the newest version; 0 where nothing was saved yet. */
  latestVersion: z.number().int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  /** Executions by status, of the last 30 days. */
  counts: z.record(ExecutionStatus, z.number().int()),
  lastExecution: z.object({ id: z.uuid(), status: ExecutionStatus, startedAt: z.iso.datetime() }).nullable(),
});

/** Where people put the states on the canvas: by JSON Pointer of the state. Absent: laid out automatically. */
export const Layout = z.record(z.string(), z.object({ x: z.number(), y: z.number() }));

export const Version = z.object({
  id: z.uuid(),
  flowId: z.uuid(),
  number: z.number().int(),
  /** The text as it was saved: JSON or YAML. */
  source: z.string(),
  format: z.enum(['json', 'yaml']),
  definition: Json,
  layout: Layout,
  note: z.string(),
  createdAt: z.iso.datetime(),
});

export const ExecutionSummary = z.object({
  id: z.uuid(),
  name: z.string(),
  flowId: z.uuid(),
  flowName: z.string(),
  version: z.number().int(),
  status: ExecutionStatus,
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
  error: z.string().nullable(),
  cause: z.string().nullable(),
  /** How often it was continued by hand after a failure. */
  redrives: z.number().int(),
  parent: z.object({ executionId: z.uuid(), step: z.number().int() }).nullable(),
});

export const Execution = ExecutionSummary.extend({
  versionId: z.uuid(),
  definition: Json,
  layout: Layout,
  input: Json,
  output: Json.nullable(),
  /** Id of the newest event: the stream continues from here. */
  lastEvent: z.number().int(),
});

/** One event of the history (see lib/engine/event.ts); `seed` and `token` are left out. */
export const HistoryEvent = z.looseObject({
  id: z.number().int(),
  previous: z.number().int(),
  at: z.number().int(),
  type: z.string(),
});

export const LogLine = z.object({
  id: z.number().int(),
  step: z.number().int(),
  attempt: z.number().int(),
  at: z.number().int(),
  level: z.enum(['debug', 'info', 'warn', 'error']),
  text: z.string(),
});

/** A kind of task: what the palette shows, and the JSON Schema from which the inspector builds its form. */
export const TaskKind = z.object({
  resource: z.string(),
  title: z.string(),
  description: z.string(),
  /** Name of a lucide icon. */
  icon: z.string(),
  /** JSON Schema of the parameters; `title`, `description`, `default`, `examples`, and `format` (`code`, `json`, `url`) drive the form. */
  parameters: z.record(z.string(), Json),
  /** Parameters of a new state. */
  initial: Json,
});

export const Template = z.object({
  id: z.string(),
  title: z.string(),
  description: z.string(),
  tags: z.array(z.string()),
  definition: Json,
  /** Inputs to try, the first one is the default. */
  inputs: z.array(z.object({ title: z.string(), input: Json })),
});

export const Page = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });
