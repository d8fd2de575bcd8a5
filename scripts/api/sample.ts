import { z } from 'zod';

interface Schema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly minimum?: number;
}

/** A value that a contract's body may well take, with every member that it knows. */
export function sampleOf(schema: z.ZodType): unknown {
  // What zod writes for our contracts has these members and no others that matter here.
  return fill(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' }) as Schema);
}

function fill(schema: Schema): unknown {
  const choice = schema.const ?? schema.enum?.[0];
  if (choice !== undefined) return choice;
  const one = schema.anyOf?.[0] ?? schema.oneOf?.[0];
  if (one !== undefined) return fill(one);
  switch (schema.type) {
    case 'string':
      return 'text';
    case 'number':
    case 'integer':
      return Math.max(1, schema.minimum ?? 1);
    case 'boolean':
      return false;
    case 'array':
      return schema.items === undefined ? [] : [fill(schema.items)];
    default:
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([name, member]) => [name, fill(member)]),
      );
  }
}

const mark = 'take the place of this 4f1c';

/** JSON texts of the value, each with one of its members replaced by `text`, and one with `text` as a member too many. */
export function replacements(value: unknown, text: string): string[] {
  const found: string[] = [];
  visit(value, (changed) => found.push(JSON.stringify(changed).replaceAll(JSON.stringify(mark), () => text)));
  return found;
}

function visit(value: unknown, tell: (changed: unknown) => void): void {
  tell(mark);
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) visit(item, (changed) => tell(value.with(index, changed)));
    return;
  }
  for (const [name, member] of Object.entries(value))
    visit(member, (changed) => tell({ ...value, [name]: changed }));
  tell({ ...value, added: mark });
}
