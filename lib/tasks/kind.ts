import { z } from 'zod';
import type { Json } from '@/lib/expression/json';
import type { TaskCall, TaskKind, TaskResult } from '@/lib/runner/ports';

/** A kind of task together with what the designer shows of it. */
export interface DescribedTaskKind extends TaskKind {
  readonly title: string;
  readonly description: string;
  /** Name of a lucide icon. */
  readonly icon: string;
  /** JSON Schema of the parameters: `title`, `description`, `default`, `examples` and `format` drive the form. */
  readonly parameters: Readonly<Record<string, Json>>;
  /** Parameters of a new state. */
  readonly initial: Json;
}

interface KindDefinition<Schema extends z.ZodType> {
  readonly resource: string;
  readonly aliases?: readonly string[];
  readonly title: string;
  readonly description: string;
  readonly icon: string;
  readonly schema: Schema;
  readonly initial: Json;
  readonly call: (call: TaskCall, parameters: z.output<Schema>) => Promise<TaskResult>;
}

/** Makes a kind out of its schema and its call; the parameters reach `call` as the schema's output. */
export function defineKind<Schema extends z.ZodType>(definition: KindDefinition<Schema>): DescribedTaskKind {
  const { schema, call, ...shown } = definition;
  return {
    ...shown,
    // zod's own type of a JSON Schema has functions and symbols nowhere: what it makes is JSON.
    parameters: z.toJSONSchema(schema, { io: 'input' }) as Readonly<Record<string, Json>>,
    parse: (parameters) => {
      const parsed = schema.safeParse(parameters);
      return parsed.success
        ? { ok: true, value: parsed.data }
        : { ok: false, problem: sentence(parsed.error) };
    },
    // `parse` above is the only source of TaskCall.parameters, so they have the schema's output type.
    call: (taskCall) => call(taskCall, taskCall.parameters as z.output<Schema>),
  };
}

function sentence(error: z.ZodError): string {
  return error.issues
    .map((issue) => (issue.path.length > 0 ? `${issue.path.join('.')}: ${issue.message}` : issue.message))
    .join('; ');
}
