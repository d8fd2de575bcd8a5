import { type Advanced, advance } from '@/lib/engine/advance';
import type { Arrival, News } from '@/lib/engine/arrival';
import type { Program } from '@/lib/engine/program';
import { type Held, heldFrom, kept } from './express';
import type { NewExecution } from './journal-port';
import { addTo, type Live, live as newLive, type OpenTurn, turnOf } from './live';
import type { Performer } from './performer';
import type { LogLine } from './ports';
import { noSnapshot } from './snapshots';

export interface Surroundings {
  readonly now: () => number;
  readonly performer: Performer;
  /** A live execution has begun an open turn. */
  readonly ready: (live: Live) => void;
  /** Resources whose tasks wait for their turn. */
  readonly limited: () => ReadonlySet<string> | undefined;
  /** Whether the flow has no room for another execution to run. */
  readonly isFull: (flowId: string) => boolean;
  readonly log: (executionId: string, lines: readonly LogLine[]) => void;
}

export type Start = Extract<News, { type: 'start' }>;

/** Hands arrivals to the engine, and what it decides to the open turn of the execution (or holds it, see `express.ts`). */
export class Advancing {
  private readonly world: Surroundings;

  constructor(world: Surroundings) {
    this.world = world;
  }

  begin(program: Program, created: NewExecution, start: Start, full: boolean): Live {
    const limited = this.world.limited();
    const first = advance(program, undefined, {
      at: created.startedAt,
      ...start,
      ...(limited && { limited }),
      ...(full && { full }),
    });
    const { execution, events, commands } = first;
    const held = heldFrom(first);
    const live = newLive({
      ...{ id: start.executionId, parent: created.parent, program, execution, held },
      ...{ status: 'running', wakeAt: null, redrives: 0, queued: false },
      versionIds: [created.versionId],
      snapshot: noSnapshot,
    });
    live.open = turnOf(live, created);
    addTo(live.open, { events: held ? events.slice(0, 1) : events, commands });
    if (execution.status !== 'running') this.unhold(live);
    this.world.ready(live);
    return live;
  }

  /** `asked`: somebody waits for what comes of it. Throws where the engine breaks: a defect of ours. */
  take(live: Live, news: News, asked: boolean): Advanced {
    const advanced = advance(live.program, live.execution, this.arrival(live, news));
    live.execution = advanced.execution;
    if (advanced.program !== live.program) goOver(live, advanced);
    if (advanced.events.length === 0) return advanced;
    if (asked) this.unhold(live);
    if (live.held) {
      this.hold(live, live.held, advanced);
      return advanced;
    }
    const turn = live.open ?? this.beginTurn(live);
    addTo(turn, advanced);
    if (!asked) turn.news.push(news);
    return advanced;
  }

  /** With what is limited now; that costs nothing where no limit is set. */
  private arrival({ execution: { status, start } }: Live, news: News): Arrival {
    const at = this.world.now();
    const limited = this.world.limited();
    const full = status !== 'running' && this.world.isFull(start.flowId);
    return limited === undefined && !full
      ? { ...news, at }
      : { ...news, at, ...(limited && { limited }), full };
  }

  /** X1: what an express execution does is performed at once, and committed with its end. */
  private hold(live: Live, held: Held, { events, commands }: Advanced): void {
    for (const event of events) held.events.push(event);
    for (const command of commands) this.world.performer.perform(live, command);
    if (live.execution.status !== 'running') this.unhold(live);
  }

  /** X3, X4: what was held goes to the journal. */
  private unhold(live: Live): void {
    const { held, execution } = live;
    if (!held) return;
    live.held = undefined;
    const { events, lines } = kept(held, execution);
    if (lines.length > 0) this.world.log(live.id, lines);
    if (events.length > 0) addTo(live.open ?? this.beginTurn(live), { events, commands: [] });
  }

  private beginTurn(live: Live): OpenTurn {
    live.open = turnOf(live, undefined);
    if (!live.sent) this.world.ready(live);
    return live.open;
  }
}

/** The execution goes on with another version. */
function goOver(live: Live, { program, events }: Advanced): void {
  const replaced = events.flatMap((event) => (event.type === 'DefinitionReplaced' ? [event.versionId] : []));
  live.program = program;
  live.versionIds = [...live.versionIds, ...replaced];
}
