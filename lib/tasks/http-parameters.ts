import { z } from 'zod';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] as const;
const status = z.union([
  z.int().min(100).max(599),
  z
    .string()
    .regex(/^[1-5](?:\d\d(?:-[1-5]\d\d)?|[xX][xX])$/)
    .refine((text) => isRisingRange(text), 'The first status of a range must be the smaller one'),
]);
const statusProblem =
  'Write a status such as 404, a class such as 2xx, a range such as 200-299, or several of them';
const scalar = z.union([z.string(), z.number(), z.boolean()]);
// Line breaks in a value would be headers of their own.
const headerText = z.string().regex(/^[\t\x20-\x7e\x80-\xff]*$/);
const headerProblem = 'A header may hold only visible Latin characters, and no line breaks';

/** What the connection says by itself: a flow that could say it too could end a request where it likes. */
const ofTheConnection = new Set([
  'connection',
  'content-length',
  'expect',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Headers as a flow gives them. */
export const headerRecord = z
  .record(
    z
      .string()
      .regex(/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/)
      .meta({ problem: 'a name of a header has letters, digits and hyphens' })
      .refine(
        (name) => !ofTheConnection.has(name.toLowerCase()),
        'This header is set by the connection itself',
      ),
    z.union([headerText, z.number(), z.boolean()], headerProblem).meta({ problem: headerProblem }),
  )
  .optional();

/** Parts of the query as a flow gives them. */
export const queryRecord = z.record(z.string(), z.union([scalar, z.array(scalar)])).optional();

export const httpAddress = z
  .string()
  .regex(/^[hH][tT]{2}[pP][sS]?:\/\/\S/, 'Write a whole address that begins with http:// or https://')
  .refine((text) => URL.canParse(text), 'This address cannot be read');
const addressProblem = 'Write a whole address that begins with http:// or https://';

/** What a state says of its request. */
export const httpParameters = z.strictObject({
  method: z.enum(methods).default('GET').meta({ title: 'Method' }),
  url: httpAddress.meta({
    title: 'URL',
    description: 'Whole address of the service.',
    format: 'uri',
    examples: ['https://api.example.com/orders'],
    problem: addressProblem,
  }),
  headers: headerRecord.meta({ title: 'Headers', format: 'pairs' }),
  query: queryRecord.meta({
    title: 'Query',
    description: 'Added to the URL, escaped as it must be.',
    format: 'pairs',
  }),
  body: z
    .json()
    .optional()
    .meta({ title: 'Body', description: 'A text is sent as it is, anything else as JSON.', format: 'json' }),
  expectedStatus: z
    .union([status, z.array(status).min(1)], statusProblem)
    .default(['2xx'])
    .meta({
      title: 'Expected status',
      description: 'Any other status fails the step. Several are separated by commas: 200-299, 404.',
      format: 'status',
      examples: ['2xx'],
      problem: statusProblem,
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

function isRisingRange(text: string): boolean {
  const [from, to] = text.split('-');
  return to === undefined || Number(from) <= Number(to);
}

/** An HTTP request, parsed: what one call sends, and what it accepts as an answer. */
export type HttpParameters = z.output<typeof httpParameters>;
