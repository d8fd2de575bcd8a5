import { rename, stat, writeFile } from 'node:fs/promises';
import type { MapResult } from '@/lib/engine/command';
import type { Json, JsonObject } from '@/lib/expression/json';
import type { Place } from './place';

/** A file of results, as the manifest names it. */
interface ResultFile {
  /** From the folder of files on. */
  readonly path: string;
  readonly size: number;
}

export interface WrittenResults {
  readonly succeeded: readonly ResultFile[];
  readonly failed: readonly ResultFile[];
}

/** A part of a Map's results. */
export interface ResultPart {
  readonly config: JsonObject;
  readonly part: number;
  readonly results: readonly MapResult[];
}

/**
 * Writes what the iterations of a Map came to: one file of those that succeeded for each part, one of those that failed. Writing the same
 * again gives the same files, and none is ever seen half written.
 */
export async function writeResults(
  place: Place,
  folder: string,
  { config, part, results }: ResultPart,
): Promise<WrittenResults> {
  const write = async (name: string, values: readonly Json[]): Promise<ResultFile[]> => {
    if (values.length === 0) return [];
    const isLines = config.OutputType === 'JSONL';
    const path = `${folder}/${name}_${part}.${isLines ? 'jsonl' : 'json'}`;
    return [await writeWhole(place, path, isLines ? linesOf(values) : JSON.stringify(values))];
  };
  const failed = results.filter(({ status }) => status === 'FAILED').map(record);
  return {
    succeeded: await write('SUCCEEDED', transformed(config, results)),
    failed: await write('FAILED', failed),
  };
}

/** The results of the iterations that succeeded, as `Transformation` says: with their inputs, bare, or with lists joined to one. */
export function transformed({ Transformation: wanted }: JsonObject, results: readonly MapResult[]): Json[] {
  const succeeded = results.filter((result) => result.status === 'SUCCEEDED');
  switch (wanted) {
    case 'COMPACT':
      return succeeded.map(({ output }) => output);
    case 'FLATTEN':
      return succeeded.flatMap(({ output }) => (Array.isArray(output) ? output : [output]));
    default:
      return succeeded.map(record);
  }
}

function record(result: MapResult): Json {
  const { status: Status, input: Input } = result;
  if (result.status === 'SUCCEEDED') return { Status, Input, Output: result.output };
  const { error, cause } = result;
  return {
    Status,
    Input,
    ...(error === undefined ? {} : { Error: error }),
    ...(cause === undefined ? {} : { Cause: cause }),
  };
}

function linesOf(values: readonly Json[]): string {
  return values.map((value) => `${JSON.stringify(value)}\n`).join('');
}

/** Under its name only once it is whole. */
export async function writeWhole(place: Place, path: string, text: string): Promise<ResultFile> {
  const file = await place.fresh(path);
  const part = `${file}.part`;
  await writeFile(part, text);
  await rename(part, file);
  const { size } = await stat(file);
  return { path, size };
}
