import { apply } from './apply';
import type { Arrival } from './arrival';
import type { Command } from './command';
import { drain, findDue } from './drain';
import type { Event } from './event';
import type { Execution } from './execution';
import { hear } from './hear';
import { operate } from './operate';
import type { Program } from './program';
import { turnOf } from './turn';

/** What an arrival came to. */
export interface Advanced {
  readonly execution: Execution;
  /** In order, ids without gaps after the execution's last one. None: the arrival was not awaited (E3). */
  readonly events: readonly Event[];
  /** To be performed after the events are committed. */
  readonly commands: readonly Command[];
  /** What to go on with: another program where the definition was replaced. */
  readonly program: Program;
  /** Why an operator's wish was not followed, in plain sentences. */
  readonly refused?: string;
  /** The wish was refused since the plan that it follows was made at another event. */
  readonly stale?: true;
}

/** An express execution that takes longer has timed out. */
const expressSeconds = 300;

/**
 * Decides what an arrival means: the only door of the engine, and a function of its arguments (E1). The execution is undefined for
 * `start` only. **The execution that is handed in belongs to `advance` from then on and may be changed in place**: go on with the one
 * that comes back, and when the events cannot be committed, drop it and fold the journal again.
 */
export function advance(program: Program, execution: Execution | undefined, arrival: Arrival): Advanced {
  if (arrival.type === 'start') {
    if (execution !== undefined) return nothing(program, execution);
    return start(program, arrival);
  }
  if (execution === undefined) throw new Error(`an execution begins with start, not with ${arrival.type}`);
  const turn = turnOf(program, execution, arrival);
  switch (arrival.type) {
    case 'stop':
    case 'retryStep':
    case 'redrive':
    case 'restart':
    case 'skipStep':
    case 'failStep':
    case 'pause':
    case 'resume': {
      const stale = outdated(execution, arrival.lastEvent);
      if (stale !== undefined) return { ...nothing(program, execution), refused: stale, stale: true };
      const refused = operate(turn, arrival);
      if (refused !== undefined) return { ...nothing(program, execution), refused };
      break;
    }
    default:
      if (execution.status !== 'running') return nothing(program, execution);
      hear(turn, arrival);
  }
  drain(turn);
  return { execution, events: turn.events, commands: turn.commands, program: turn.program };
}

function nothing(program: Program, execution: Execution): Advanced {
  return { execution, events: [], commands: [], program };
}

function outdated({ lastEvent }: Execution, planned: number | undefined): string | undefined {
  if (planned === undefined || planned === lastEvent) return undefined;
  return `The plan is out of date: it was made at event ${planned}, and the execution is at event ${lastEvent} now. Look at the new plan and confirm again.`;
}

function start(program: Program, arrival: Extract<Arrival, { type: 'start' }>): Advanced {
  const { at, type: _, limited: _limited, full, ...told } = arrival;
  const seconds = secondsOf(program, arrival.options?.profile === 'express');
  const event: Event = {
    id: 1,
    previous: 0,
    at,
    type: 'ExecutionStarted',
    ...told,
    ...(seconds === undefined ? {} : { timeoutAt: at + seconds * 1000 }),
    ...(full === true ? { queued: true } : {}),
  };
  const commands: Command[] = [];
  const execution = apply(program, undefined, event, commands);
  const turn = { ...turnOf(program, execution, arrival), events: [event], commands };
  for (const due of findDue(execution)) turn.soon.push(due);
  drain(turn);
  return { execution, events: turn.events, commands: turn.commands, program };
}

/** How long an execution may run; undefined where there is no limit. */
function secondsOf({ definition }: Program, express: boolean): number | undefined {
  const { TimeoutSeconds: seconds } = definition;
  return express ? Math.min(seconds ?? expressSeconds, expressSeconds) : seconds;
}
