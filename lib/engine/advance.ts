import { apply } from './apply';
import type { Arrival } from './arrival';
import type { Command } from './command';
import type { Program } from './compile';
import { drain, findDue } from './drain';
import type { Event } from './event';
import type { Execution } from './execution';
import { hear } from './hear';
import { operate } from './operate';
import { turnOf } from './turn';

/** What an arrival came to. */
export interface Advanced {
  readonly execution: Execution;
  /** In order, ids without gaps after the execution's last one. None: the arrival was not awaited (E3). */
  readonly events: readonly Event[];
  /** To be performed after the events are committed. */
  readonly commands: readonly Command[];
  /** Why an operator's wish was not followed, in one plain sentence. */
  readonly refused?: string;
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
    if (execution !== undefined) return nothing(execution);
    return start(program, arrival);
  }
  if (execution === undefined) throw new Error(`an execution begins with start, not with ${arrival.type}`);
  const turn = turnOf(program, execution, arrival);
  switch (arrival.type) {
    case 'stop':
    case 'retryStep':
    case 'redrive':
    case 'skipStep':
    case 'failStep':
    case 'pause':
    case 'resume': {
      const refused = operate(turn, arrival);
      if (refused !== undefined) return { ...nothing(execution), refused };
      break;
    }
    default:
      if (execution.status !== 'running') return nothing(execution);
      hear(turn, arrival);
  }
  drain(turn);
  return { execution, events: turn.events, commands: turn.commands };
}

function nothing(execution: Execution): Advanced {
  return { execution, events: [], commands: [] };
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
  return { execution, events: turn.events, commands: turn.commands };
}

/** How long an execution may run; undefined where there is no limit. */
function secondsOf({ definition }: Program, express: boolean): number | undefined {
  const { TimeoutSeconds: seconds } = definition;
  return express ? Math.min(seconds ?? expressSeconds, expressSeconds) : seconds;
}
