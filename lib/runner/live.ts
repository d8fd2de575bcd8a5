import type { Advanced } from '@/lib/engine/advance';
import type { News } from '@/lib/engine/arrival';
import type { Command } from '@/lib/engine/command';
import type { Event, Parent } from '@/lib/engine/event';
import type { Execution } from '@/lib/engine/execution';
import { nextTimer } from '@/lib/engine/fold';
import type { Program } from '@/lib/engine/program';
import type { Held } from './express';
import type { NewExecution, Standing, Turn } from './journal-port';
import type { Delivered, ExecutionStatus } from './ports';
import { dueSnapshot, type SnapshotPlace } from './snapshots';
import type { Timer } from './timers';

/** An execution that is in memory. */
export interface Live {
  readonly id: string;
  readonly parent: Parent | undefined;
  /** Another one once its definition was replaced. */
  program: Program;
  execution: Execution;
  /** The tasks that were called and have not answered, as `callName` names them, and whatever else is under way. */
  readonly calls: Set<string>;
  readonly timers: Map<string, Timer>;
  /** What it has produced and was not sent to the journal yet. */
  open: OpenTurn | undefined;
  /** The turn whose commit is under way. */
  sent: OpenTurn | undefined;
  /** The turns that are committed and whose commands are not performed yet, the first one first. */
  readonly unperformed: OpenTurn[];
  /** It has left memory: whoever still holds it does nothing for it. */
  gone: boolean;
  /** As its row says, or will say once `sent` is committed. */
  status: ExecutionStatus;
  wakeAt: number | null;
  redrives: number;
  /** As its row says, like `status`. */
  queued: boolean;
  /** What an express execution keeps in memory until it ends. */
  held: Held | undefined;
  /** Its newest one, which may be under way. */
  snapshot: SnapshotPlace;
  /** The versions that it has run, in order, and how many of them its row says, or will say. */
  versionIds: readonly string[];
  writtenVersions: number;
}

export interface OpenTurn {
  readonly live: Live;
  readonly events: Event[];
  readonly commands: Command[];
  /** Arrivals from our own side, to be delivered again where the commit fails. */
  readonly news: News[];
  /** Who is to be told when the commit is done. */
  readonly waiting: Waiting[];
  readonly created: NewExecution | undefined;
  /** Of the execution after it; set when it is sent. */
  status: ExecutionStatus;
}

interface Waiting {
  readonly done: () => void;
  readonly failed: (error: Error) => void;
}

/** A wait that ends sooner than this is spent in memory. */
const shortestSleep = 5_000;

/** What one attempt of a step is called among the calls of its execution. */
export function callName({ step, attempt }: { readonly step: number; readonly attempt: number }): string {
  return `${step}/${attempt}`;
}

/** The attempt that `callName` named. */
export function callOf(name: string): { readonly step: number; readonly attempt: number } {
  const [step = 0, attempt = 0] = name.split('/').map(Number);
  return { step, attempt };
}

/** An execution that has just come into memory. */
export function live(
  of: Pick<
    Live,
    | 'id'
    | 'parent'
    | 'program'
    | 'execution'
    | 'status'
    | 'wakeAt'
    | 'redrives'
    | 'queued'
    | 'held'
    | 'versionIds'
    | 'snapshot'
  >,
): Live {
  return {
    ...of,
    writtenVersions: of.versionIds.length,
    calls: new Set(),
    timers: new Map(),
    open: undefined,
    sent: undefined,
    unperformed: [],
    gone: false,
  };
}

export function turnOf(live: Live, created: NewExecution | undefined): OpenTurn {
  return { live, events: [], commands: [], news: [], waiting: [], created, status: 'running' };
}

export function addTo(turn: OpenTurn, { events, commands }: Pick<Advanced, 'events' | 'commands'>): void {
  for (const event of events) turn.events.push(event);
  for (const command of commands) turn.commands.push(command);
}

/** The task of a step whose call is awaited; undefined where it has answered, was given up, or is called again. */
export function awaitedCall(
  { execution }: Live,
  { step: id, attempt }: { readonly step: number; readonly attempt: number },
) {
  const step = execution.steps.get(id);
  return step?.status === 'working' && step.attempt === attempt ? (step.task ?? undefined) : undefined;
}

/** Takes the open turn of an execution to the journal: nothing is added to it any more. */
export function send(live: Live, now: number): Turn {
  const turn = live.open;
  if (!turn || live.sent)
    throw new Error(`execution ${live.id}: there is no turn to send, or one is under way`);
  live.open = undefined;
  live.sent = turn;
  turn.status = live.execution.status;
  const standing = standingAfter(turn, now);
  if (standing) {
    live.status = standing.status;
    live.wakeAt = standing.wakeAt;
    live.redrives = standing.redrives;
    live.queued = standing.queued;
    live.writtenVersions = live.versionIds.length;
  }
  const snapshot = dueSnapshot(live);
  return {
    executionId: live.id,
    events: turn.events,
    ...(standing && { standing }),
    ...(turn.created && { created: turn.created }),
    ...(snapshot && { snapshot }),
  };
}

/** Resolves once nothing of the execution is uncommitted that was there at the time of the call. */
export function committed({ open, sent }: Live, outcome: Delivered): Promise<Delivered> {
  const turn = open ?? sent;
  if (!turn) return Promise.resolve(outcome);
  return new Promise((resolve, reject) => {
    turn.waiting.push({ done: () => resolve(outcome), failed: reject });
  });
}

/** Whether nothing of it is under way in this process: all it waits for is a timer, a callback or a child, or it has ended. */
export function isQuiet(live: Live): boolean {
  return !live.open && !live.sent && live.unperformed.length === 0 && live.calls.size === 0;
}

function standingAfter(turn: OpenTurn, now: number): Standing | undefined {
  const { live, events } = turn;
  const status = live.execution.status;
  const wakeAt = status === 'running' ? sleepAfter(turn, now) : null;
  const { redrives, queued } = live.execution;
  const isReplaced = live.versionIds.length !== live.writtenVersions;
  const stands = isAsBefore(live, { status, wakeAt, redrives, queued });
  if (!turn.created && stands && !isReplaced) return undefined;
  const versions = isReplaced ? { versionIds: live.versionIds } : {};
  if (status === 'running') return { status, endedAt: null, wakeAt, redrives, queued, ...versions };
  const { error, cause } = live.execution.failure ?? {};
  return {
    status,
    endedAt: events.at(-1)?.at ?? now,
    wakeAt,
    redrives,
    queued,
    ...versions,
    ...(error !== undefined && { error }),
    ...(cause !== undefined && { cause }),
  };
}

/** A turn that leaves an execution ended has ended it, perhaps again: when and of what is never as before. */
function isAsBefore(live: Live, after: Pick<Standing, 'status' | 'wakeAt' | 'redrives' | 'queued'>): boolean {
  return (
    after.status === 'running' &&
    after.status === live.status &&
    after.wakeAt === live.wakeAt &&
    after.redrives === live.redrives &&
    after.queued === live.queued
  );
}

/** When an execution of which nothing will be under way after the turn is to be taken up again; null for one that stays awake. */
function sleepAfter(turn: OpenTurn, now: number): number | null {
  const { live } = turn;
  if (live.held && !live.execution.queued) return null;
  if (isUnderWayAfter(turn)) return null;
  const wakeAt = nextTimer(live.execution) ?? Number.POSITIVE_INFINITY;
  return wakeAt - now >= shortestSleep ? wakeAt : null;
}

/** R6 The turns before it may be committed and not performed: what they ask for is not among the calls yet. */
function isUnderWayAfter(turn: OpenTurn): boolean {
  const { calls, unperformed } = turn.live;
  const turns = [...unperformed, turn];
  // This is asked of each turn, and most cancel nothing.
  const cancels = turns.some(({ commands }) => commands.some(({ type }) => type === 'cancelTask'));
  if (!cancels)
    return calls.size > 0 || turns.some(({ commands }) => commands.some((command) => workOf(command)));
  const begun = new Set<string>();
  let cancelled = 0;
  for (const command of turns.flatMap(({ commands }) => commands)) {
    const name = workOf(command);
    if (name === undefined) continue;
    if (command.type !== 'cancelTask') begun.add(name);
    else if (!begun.delete(name) && calls.has(name)) cancelled += 1;
  }
  return begun.size > 0 || calls.size > cancelled;
}

/** What a command begins or cancels, as it is called among the calls; undefined where nothing is under way because of it. */
function workOf(command: Command): string | undefined {
  switch (command.type) {
    case 'setTimer':
    case 'cancelTimer':
    case 'awaitRoom':
      return undefined;
    case 'callTask':
    case 'cancelTask':
      return callName(command);
    case 'readItems':
    case 'writeResults':
    case 'continue':
      return command.id;
  }
}
