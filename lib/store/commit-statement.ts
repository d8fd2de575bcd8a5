import type { NewExecution, Standing, Turn } from '@/lib/runner/journal-port';
import type { EncodedChunk } from './chunk';
import type { ValueText } from './value-text';

/** One group commit as one prepared statement: a single round trip and a single transaction. */
export interface CommitStatement {
  readonly name: string;
  readonly text: string;
  readonly values: readonly Value[];
  /** Big values that the statement writes; to be marked as stored once it is committed. */
  readonly fresh: readonly { readonly executionId: string; readonly value: ValueText }[];
  /** How many rows it says to have written where its owner still stands; absent where it answers with a row of `owners`. */
  readonly rows?: number;
}

export type Value = string | number | boolean | null | Buffer;

/** A row of the journal. */
export interface Chunk extends EncodedChunk {
  readonly executionId: string;
}

export type FirstTurn = Turn & { readonly created: NewExecution };

export function isFirst(turn: Turn): turn is FirstTurn {
  return turn.created !== undefined;
}

/** Law O2 of the connection; the owner's fence is the first parameter of each statement. */
export const ownerCheck = `WITH owner AS (SELECT fence FROM journal_owner WHERE fence = $1)`;

/** Whether a flow is in the state `asOf` (`Startable.asOf`), where one is given; both are SQL. */
export function isAsItWas(flowId: string, asOf: string): string {
  return `(${asOf}::text IS NULL OR EXISTS (SELECT FROM flow WHERE flow.id = ${flowId} AND flow.xmin::text = ${asOf}))`;
}

/** How a new execution stands where its turn does not say. */
export const running: Standing = {
  status: 'running',
  endedAt: null,
  wakeAt: null,
  redrives: 0,
  queued: false,
};

/** Text as PostgreSQL can hold it: without NUL. */
export function storable(text: string): string {
  return text.replaceAll('\0', '\u{fffd}');
}

export function textOrNull(text: string | undefined): string | null {
  return text === undefined || text === '' ? null : storable(text);
}
