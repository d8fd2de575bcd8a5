import { z } from 'zod';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] as const;
const status = z.union([
  z.int().min(100).max(599),
  z.string().regex(/^[1-5](?:\d\d|xx)$/i, 'Write a status such as 404, or a class such as "2xx"'),
]);
const scalar = z.union([z.string(), z.number(), z.boolean()]);

/** What a state says of its request. */
export const httpParameters = z.strictObject({
  method: z.enum(methods).default('GET').meta({ title: 'Method' }),
  url: z
    .string()
    .refine(isHttp, 'Write a whole address that begins with http:// or https://')
    .meta({
      title: 'URL',
      description: 'Whole address of the service.',
      format: 'uri',
      examples: ['https://api.example.com/orders'],
    }),
  headers: z
    .record(z.string().regex(/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/, 'This is no name of a header'), scalar)
    .optional()
    .meta({ title: 'Headers', format: 'pairs' }),
  query: z
    .record(z.string(), z.union([scalar, z.array(scalar)]))
    .optional()
    .meta({ title: 'Query', description: 'Added to the URL, escaped as it must be.', format: 'pairs' }),
  body: z
    .json()
    .optional()
    .meta({ title: 'Body', description: 'A text is sent as it is, anything else as JSON.', format: 'json' }),
  expectedStatus: z
    .union([status, z.array(status).min(1)])
    .default(['2xx'])
    .meta({
      title: 'Expected status',
      description: 'Any other status fails the step.',
      examples: ['2xx', 404],
    }),
  timeoutSeconds: z
    .number()
    .positive()
    .max(86_400)
    .default(60)
    .meta({ title: 'Timeout', description: 'Seconds until the whole answer must be there.' }),
  maxResponseBytes: z.int().min(1).max(10_485_760).default(262_144).meta({
    title: 'Largest response',
    description: 'Bytes of the body, unpacked; a larger one fails the step.',
  }),
});

/** An HTTP request, parsed: what one call sends, and what it accepts as an answer. */
export type HttpParameters = z.output<typeof httpParameters>;

function isHttp(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
