import { z } from 'zod';
import type { Contract } from './contract';
import { contracts } from './contracts';
import { type ProblemKind, problemKinds } from './problem';
import { ProblemSchema } from './problem-schema';
import { basePath } from './routes';

type JsonSchema = Record<string, unknown>;

/** The named schemas of a document that is being made. */
type Schemas = Record<string, JsonSchema>;

/** Refusals that any request can meet. */
const usual: readonly ProblemKind[] = ['invalid-request', 'foreign-origin', 'unavailable'];
const usualWithBody: readonly ProblemKind[] = ['not-json', 'unsupported-media-type', 'too-large'];

/** The OpenAPI 3.1 document of the whole API, made from the contracts. */
export function openApiDocument(): JsonSchema {
  const schemas: Schemas = {};
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [name, contract] of Object.entries(contracts)) {
    paths[contract.path] = {
      ...paths[contract.path],
      [contract.method.toLowerCase()]: operation(name, contract, schemas),
    };
  }
  paths['/executions/{executionId}/stream'] = { get: streamOperation };
  return {
    openapi: '3.1.0',
    info: {
      title: 'Millrace',
      version: 'v1',
      description:
        'Flows, their versions, and executions. Everything the interface does goes through these addresses.',
    },
    servers: [{ url: basePath }],
    paths,
    components: { schemas },
  };
}

function operation(name: string, contract: Contract, schemas: Schemas): JsonSchema {
  const { summary, params, query, body, answer, status } = contract;
  return {
    operationId: name,
    summary,
    parameters: [...parametersIn('path', params, schemas), ...parametersIn('query', query, schemas)],
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, content: json(schemaOf(body, 'input', schemas)) } }),
    responses: {
      [status]: {
        description: summary,
        ...(answer === undefined ? {} : { content: json(schemaOf(answer, 'output', schemas)) }),
      },
      ...Object.fromEntries(
        Object.entries(contract.otherwise ?? {}).map(([other, description]) => [
          other,
          {
            description,
            ...(answer === undefined ? {} : { content: json(schemaOf(answer, 'output', schemas)) }),
          },
        ]),
      ),
      ...problemResponses(
        [...usual, ...(body === undefined ? [] : usualWithBody), ...contract.problems],
        schemas,
      ),
    },
  };
}

function parametersIn(
  place: 'path' | 'query',
  schema: z.ZodObject | undefined,
  schemas: Schemas,
): JsonSchema[] {
  return Object.entries(schema?.shape ?? {}).map(([name, field]) => {
    // The shape of a zod object holds zod types; the core's type says less.
    const { description, ...rest } = schemaOf(field as z.ZodType, 'input', schemas);
    const required = place === 'path' || !(field as z.ZodType).safeParse(undefined).success;
    return { name, in: place, required, ...(description === undefined ? {} : { description }), schema: rest };
  });
}

function problemResponses(kinds: readonly ProblemKind[], schemas: Schemas): JsonSchema {
  const byStatus = new Map<number, ProblemKind[]>();
  for (const kind of new Set(kinds)) {
    const { status } = problemKinds[kind];
    byStatus.set(status, [...(byStatus.get(status) ?? []), kind]);
  }
  const content = { 'application/problem+json': { schema: schemaOf(ProblemSchema, 'output', schemas) } };
  return Object.fromEntries(
    [...byStatus].map(([status, list]) => [
      status,
      { description: list.map((kind) => `\`${kind}\`: ${problemKinds[kind].title}`).join('; '), content },
    ]),
  );
}

function json(schema: JsonSchema): JsonSchema {
  return { 'application/json': { schema } };
}

/** A schema of JSON Schema, whose named parts go to the document's own and are referred to there. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output', schemas: Schemas): JsonSchema {
  const whole = z.toJSONSchema(schema, { io, unrepresentable: 'any', reused: 'inline' });
  // What may be sent and what is answered are not quite the same: defaults may be left out.
  const suffix = io === 'input' ? 'Input' : '';
  const text = JSON.stringify(whole).replaceAll(/"#\/\$defs\/(\w+)"/g, `"#/components/schemas/$1${suffix}"`);
  const { $schema: _dialect, $defs: parts = {}, ...rest }: ZodSchema = JSON.parse(text);
  for (const [name, part] of Object.entries(parts)) schemas[`${name}${suffix}`] = part;
  return rest;
}

interface ZodSchema extends JsonSchema {
  readonly $schema?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
}

const streamOperation = {
  operationId: 'streamExecution',
  summary: 'Follow an execution by server-sent events',
  description: `Messages \`history\` (id: number of the last event, data: array of events), \`log\` (data: array of lines) and \`status\`. A connection that broke goes on after \`Last-Event-ID\`, or after \`?after=\`, the number of an event. With \`?outline=true\` a history of more than 50,000 events does not come from its beginning: \`progress\` says how much of it was looked through, \`outline\` is the view that it makes, and \`history\` goes on after that.`,
  parameters: [
    { name: 'executionId', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } },
    { name: 'after', in: 'query', required: false, schema: { type: 'integer', minimum: 0 } },
    { name: 'Last-Event-ID', in: 'header', required: false, schema: { type: 'integer', minimum: 0 } },
  ],
  responses: { 200: { description: 'The stream', content: { 'text/event-stream': {} } } },
};
