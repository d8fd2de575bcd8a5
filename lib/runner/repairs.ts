import type { News } from '@/lib/engine/arrival';
import type { Event } from '@/lib/engine/event';
import { type Plan, plan } from '@/lib/engine/plan';
import type { Program } from '@/lib/engine/program';
import type { Reached } from '@/lib/engine/reached';
import { Survey } from '@/lib/engine/survey';
import type { Core } from './core';
import type { Journal } from './journal-port';
import type { Delivered, Repair, RepairOrder } from './ports';
import { reading } from './reading';

interface World {
  readonly core: Core;
  readonly journal: Journal;
}

type Wish = Extract<News, { type: 'retryStep' | 'redrive' | 'restart' | 'skipStep' | 'failStep' }>;

const eventsPerPage = 2_000;
/** How often a restart looks again at an execution that goes on meanwhile. */
const looks = 20;

/**
 * What operators do to executions, planned and done. A plan, and a restart, are worked out from the whole history, which is
 * read by pages and never held.
 */
export class Repairs {
  private readonly world: World;

  constructor(world: World) {
    this.world = world;
  }

  /** What the repair would come to, by what is committed; undefined where there is no such execution. */
  async plan(executionId: string, repair: Repair): Promise<Plan | undefined> {
    const look = await this.begin(executionId, repair);
    if (look === undefined) return undefined;
    await look.readOn();
    const surveyed = look.survey.done();
    const wish = await this.wishOf(repair, surveyed.reached);
    if (wish === undefined)
      return { ...nothing, lastEvent: look.survey.lastEvent(), refused: [unreached(repair)] };
    return plan(surveyed, { at: this.world.core.now(), ...wish });
  }

  /** Does it; resolves after the commit. */
  async act(executionId: string, repair: Repair, order: RepairOrder): Promise<Delivered> {
    if (repair.type === 'restart') return this.restart(executionId, repair, order);
    const wish = await this.wishOf(repair, undefined);
    if (wish === undefined) throw new Error(`a repair of type ${repair.type} needs no look at the history`);
    const { core } = this.world;
    const asked = core.withLive(executionId, (live) => core.executions.ask(live, { ...wish, ...order }));
    return (await asked) ?? unknown(executionId);
  }

  /** The history is looked at until nothing has happened since: what is put back must fit to the execution as it is. */
  private async restart(
    executionId: string,
    repair: Extract<Repair, { type: 'restart' }>,
    order: RepairOrder,
  ): Promise<Delivered> {
    const { core } = this.world;
    const look = await this.begin(executionId, repair);
    if (look === undefined) return unknown(executionId);
    for (let left = looks; left > 0; left -= 1) {
      await look.readOn();
      const wish = await this.wishOf(repair, look.survey.done().reached);
      if (wish === undefined) return { ok: false, reason: unreached(repair) };
      const delivered = await core.withLive(executionId, async (live) => {
        if (live.execution.lastEvent === look.survey.lastEvent())
          return core.executions.ask(live, { ...wish, ...order });
        await core.executions.settled(live);
        return undefined;
      });
      if (delivered !== undefined) return delivered;
    }
    return {
      ok: false,
      reason: 'The execution goes on faster than it can be looked at. Pause it, then restart.',
    };
  }

  private async begin(executionId: string, repair: Repair): Promise<Look | undefined> {
    const { journal, core } = this.world;
    const [row] = await reading(journal.find([executionId]));
    if (row === undefined) return undefined;
    const step = repair.type === 'restart' ? repair.step : undefined;
    return new Look(this.world, executionId, await core.programs.of(row.versionIds[0]), step);
  }

  /** Undefined for a restart from a step that was never reached. */
  private async wishOf(repair: Repair, reached: Reached | undefined): Promise<Wish | undefined> {
    switch (repair.type) {
      case 'retry':
        return { ...repair, type: 'retryStep' };
      case 'skip':
        return { ...repair, type: 'skipStep' };
      case 'fail':
        return { ...repair, type: 'failStep' };
      case 'redrive': {
        const { replacement } = repair;
        if (replacement === undefined) return { type: 'redrive' };
        const program = await this.world.core.programs.of(replacement.versionId);
        return { type: 'redrive', replacement: { ...replacement, program } };
      }
      case 'restart': {
        if (reached === undefined) return undefined;
        const edited = repair.input === undefined ? {} : { input: repair.input };
        return { type: 'restart', reached, ...edited };
      }
    }
  }
}

/** One look through a history, which can go on where it ended. */
class Look {
  readonly survey: Survey;
  private readonly world: World;
  private readonly executionId: string;
  private readonly programs = new Map<string, Program>();

  constructor(world: World, executionId: string, first: Program, step: number | undefined) {
    this.world = world;
    this.executionId = executionId;
    this.survey = new Survey(first, (versionId) => this.programOf(versionId), step);
  }

  /** Reads to the end of what is committed. */
  async readOn(): Promise<void> {
    for (;;) {
      const after = this.survey.lastEvent();
      const events = await reading(this.world.journal.read(this.executionId, after, eventsPerPage));
      await this.prepare(events);
      this.survey.take(events);
      if (events.length < eventsPerPage) return;
    }
  }

  private async prepare(events: readonly Event[]): Promise<void> {
    for (const event of events)
      if (event.type === 'DefinitionReplaced')
        this.programs.set(event.versionId, await this.world.core.programs.of(event.versionId));
  }

  private programOf(versionId: string): Program {
    const program = this.programs.get(versionId);
    if (program === undefined) throw new Error(`version ${versionId} was not prepared`);
    return program;
  }
}

const nothing = { kept: [], again: [], calls: [], failedStill: [] } as const;

function unreached(repair: Repair): string {
  return `Step ${'step' in repair ? repair.step : ''} of this execution was never reached.`;
}

function unknown(executionId: string): Delivered {
  return { ok: false, reason: `There is no execution ${executionId}.`, unknown: true };
}
