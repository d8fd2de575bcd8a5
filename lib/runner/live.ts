import type { News } from '@/lib/engine/arrival';
import type { Command } from '@/lib/engine/command';
import type { Program } from '@/lib/engine/compile';
import type { Event, Parent } from '@/lib/engine/event';
import type { Execution } from '@/lib/engine/execution';
import { nextTimer } from '@/lib/engine/fold';
import type { NewExecution, Standing, Turn } from './journal-port';
import type { ExecutionStatus } from './ports';
import type { Timer } from './timers';

/** An execution that is in memory. */
export interface Live {
  readonly id: string;
  readonly parent: Parent | undefined;
  readonly program: Program;
  execution: Execution;
  /** The tasks that were called and have not answered, as `callName` names them. */
  readonly calls: Set<string>;
  readonly timers: Map<string, Timer>;
  /** What it has produced and was not sent to the journal yet. */
  open: OpenTurn | undefined;
  /** The turn whose commit is under way. */
  sent: OpenTurn | undefined;
  /** How many turns are committed whose commands are not performed yet. */
  unperformed: number;
  /** It has left memory: whoever still holds it does nothing for it. */
  gone: boolean;
  /** As its row says, or will say once `sent` is committed. */
  status: ExecutionStatus;
  wakeAt: number | null;
  redrives: number;
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

/** An execution that has just come into memory. */
export function live(
  of: Pick<Live, 'id' | 'parent' | 'program' | 'execution' | 'status' | 'wakeAt' | 'redrives'>,
): Live {
  return {
    ...of,
    calls: new Set(),
    timers: new Map(),
    open: undefined,
    sent: undefined,
    unperformed: 0,
    gone: false,
  };
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
  }
  return {
    executionId: live.id,
    events: turn.events,
    ...(standing && { standing }),
    ...(turn.created && { created: turn.created }),
  };
}

/** Whether nothing of it is under way in this process: all it waits for is a timer, a callback or a child, or it has ended. */
export function isQuiet(live: Live): boolean {
  return !live.open && !live.sent && live.unperformed === 0 && live.calls.size === 0;
}

function standingAfter(turn: OpenTurn, now: number): Standing | undefined {
  const { live, events } = turn;
  const status = live.execution.status;
  const wakeAt = status === 'running' ? sleepAfter(turn, now) : null;
  const redrives = live.execution.redrives;
  if (!turn.created && status === live.status && wakeAt === live.wakeAt && redrives === live.redrives)
    return undefined;
  if (status === 'running') return { status, endedAt: null, wakeAt, redrives };
  const { error, cause } = live.execution.failure ?? {};
  return {
    status,
    endedAt: events.at(-1)?.at ?? now,
    wakeAt,
    redrives,
    ...(error !== undefined && { error }),
    ...(cause !== undefined && { cause }),
  };
}

/** When an execution of which nothing will be under way after the turn is to be taken up again; null for one that stays awake. */
function sleepAfter({ live, commands }: OpenTurn, now: number): number | null {
  const cancelled = commands.filter(
    (command) => command.type === 'cancelTask' && live.calls.has(callName(command)),
  ).length;
  if (live.calls.size > cancelled || commands.some(keepsAwake)) return null;
  const wakeAt = nextTimer(live.execution) ?? Number.POSITIVE_INFINITY;
  return wakeAt - now >= shortestSleep ? wakeAt : null;
}

function keepsAwake(command: Command): boolean {
  return command.type !== 'setTimer' && command.type !== 'cancelTimer' && command.type !== 'cancelTask';
}
