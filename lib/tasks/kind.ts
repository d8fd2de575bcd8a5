import { z } from 'zod';
import type { Json, JsonObject } from '@/lib/expression/json';
import { child } from '@/lib/flow/pointer';
import type { CallableKind, Inspected } from '@/lib/flow/task-kinds';
import type { TaskCall, TaskKind, TaskResult } from '@/lib/runner/ports';

/** A kind of task together with what the designer shows of it. */
export interface DescribedTaskKind extends TaskKind, CallableKind {
  readonly title: string;
  readonly description: string;
  /** Name of a lucide icon. */
  readonly icon: string;
  /**
   * JSON Schema of the parameters: `title`, `description`, `default`, `examples` and `format` drive the form, and `problem` says what to do
   * about a value that is not allowed.
   */
  readonly parameters: JsonObject;
  /** Parameters of a new state. */
  readonly initial: Json;
  /** Whether the palette shows it. Kinds that only help flows from elsewhere to run here are not shown. */
  readonly isOffered: boolean;
}

interface KindDefinition<Schema extends z.ZodType> {
  readonly resource: string;
  readonly aliases?: readonly string[];
  readonly title: string;
  readonly description: string;
  readonly icon: string;
  readonly schema: Schema;
  readonly initial: Json;
  readonly isOffered?: boolean;
  /** What the schema cannot say of parameters that are all known. */
  readonly inspect?: (parameters: z.output<Schema>) => readonly Inspected[];
  readonly call: (call: TaskCall, parameters: z.output<Schema>) => Promise<TaskResult>;
}

/** Makes a kind out of its schema and its call; the parameters reach `call` as the schema's output. */
export function defineKind<Schema extends z.ZodType>(definition: KindDefinition<Schema>): DescribedTaskKind {
  const { schema, call, inspect, ...shown } = definition;
  return {
    isOffered: true,
    ...shown,
    // zod's own type of a JSON Schema has functions and symbols nowhere: what it makes is JSON.
    parameters: z.toJSONSchema(schema, { io: 'input' }) as JsonObject,
    parse: (parameters) => {
      const parsed = schema.safeParse(parameters);
      return parsed.success
        ? { ok: true, value: parsed.data }
        : { ok: false, problem: sentence(parsed.error) };
    },
    inspect: (parameters) => {
      const parsed = schema.safeParse(parameters);
      if (parsed.success) return inspect?.(parsed.data) ?? [];
      return parsed.error.issues.map((issue) => ({
        pointer: pointerOf(issue.path),
        message: messageOf(issue),
      }));
    },
    // `parse` above is the only source of TaskCall.parameters, so they have the schema's output type.
    call: (taskCall) => call(taskCall, taskCall.parameters as z.output<Schema>),
  };
}

function pointerOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>((pointer, key) => child(pointer, String(key)), '');
}

/** What is wrong, in one line. */
export function sentence(error: z.ZodError): string {
  return error.issues
    .map((issue) => {
      const message = messageOf(issue);
      return issue.path.length > 0 ? `${issue.path.join('.')}: ${message}` : message;
    })
    .join('; ');
}

/** Of a name that is not allowed, why. */
function messageOf(issue: z.core.$ZodIssue): string {
  return (issue.code === 'invalid_key' ? issue.issues[0]?.message : undefined) ?? issue.message;
}
