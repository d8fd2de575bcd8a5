import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { contracts } from './contracts';
import { openApiDocument } from './openapi';

const Schema = z.record(z.string(), z.unknown());
const Content = z.record(
  z.string().regex(/^[a-z]+\/[a-z+-]+$/),
  z.strictObject({ schema: Schema.optional() }),
);
const Operation = z.strictObject({
  operationId: z.string().regex(/^[a-z][A-Za-z]+$/),
  summary: z.string().min(1),
  description: z.string().optional(),
  parameters: z.array(
    z.strictObject({
      name: z.string(),
      in: z.enum(['path', 'query', 'header']),
      required: z.boolean(),
      description: z.string().optional(),
      schema: Schema,
    }),
  ),
  requestBody: z.strictObject({ required: z.boolean(), content: Content }).optional(),
  responses: z.record(
    z.string().regex(/^[1-5]\d\d$/),
    z.strictObject({ description: z.string().min(1), content: Content.optional() }),
  ),
});
/** The parts of OpenAPI 3.1 that the document uses; a member that is not here is refused. */
const Document = z.strictObject({
  openapi: z.string().regex(/^3\.1\.\d+$/),
  info: z.strictObject({ title: z.string(), version: z.string(), description: z.string() }),
  servers: z.array(z.strictObject({ url: z.string() })),
  paths: z.record(
    z.string().regex(/^\/[^?#]*$/),
    z.partialRecord(z.enum(['get', 'post', 'put', 'patch', 'delete']), Operation),
  ),
  components: z.strictObject({ schemas: z.record(z.string().regex(/^[A-Za-z0-9._-]+$/), Schema) }),
});

const document = Document.parse(JSON.parse(JSON.stringify(openApiDocument())));
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);

describe('the OpenAPI document', () => {
  it('[A8] has an operation for each contract, under its name', () => {
    const named = new Map(operations.map(({ operation, ...at }) => [operation.operationId, at]));
    expect(named.size).toBe(operations.length);
    for (const [name, { path, method }] of Object.entries(contracts))
      expect(named.get(name)).toEqual({ path, method: method.toLowerCase() });
  });

  it('[A8] names each parameter of a path once, and no other', () => {
    for (const { path, operation } of operations) {
      const inPath = operation.parameters.filter((parameter) => parameter.in === 'path');
      expect(inPath.map(({ name }) => name)).toEqual(
        [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name),
      );
      expect(inPath.every(({ required }) => required)).toBe(true);
    }
  });

  it('[A8] refers only to what it holds, from everywhere in it', () => {
    const references = JSON.stringify(document).match(/"\$ref":"[^"]*"/g) ?? [];
    const names = references.map(
      (text) => /^"\$ref":"#\/components\/schemas\/([^"]+)"$/.exec(text)?.[1] ?? text,
    );
    expect(names.filter((name) => !(name in document.components.schemas))).toEqual([]);
    expect(Object.keys(document.components.schemas).filter((name) => !names.includes(name))).toEqual([]);
    expect(JSON.stringify(document)).not.toContain('"$defs"');
  });

  it('[A8] describes every answer in the form that it has', () => {
    const answers = operations.flatMap(({ operation }) => Object.entries(operation.responses));
    for (const [status, { content = {} }] of answers)
      expect(formsOf(status)).toContain(Object.keys(content).join());
  });
});

function formsOf(status: string): readonly string[] {
  if (status === '204') return [''];
  return status < '300' ? ['application/json', 'text/event-stream'] : ['application/problem+json'];
}
