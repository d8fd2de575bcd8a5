import type { News } from '@/lib/engine/arrival';
import type { Execution } from '@/lib/engine/execution';
import type { Plan } from '@/lib/engine/plan';
import { readToken, type TokenParts } from '@/lib/engine/token';
import { Announcements } from './announcements';
import { Core } from './core';
import { Family } from './family';
import { Lifecycle } from './lifecycle';
import { committed } from './live';
import type {
  Announcement,
  CallbackOutcome,
  Delivered,
  ExecutionStatus,
  Health,
  Repair,
  RepairOrder,
  Runner,
  RunnerPorts,
  Started,
  StartRequest,
} from './ports';
import { reading } from './reading';
import { Repairs } from './repairs';
import { Starts } from './starts';

/**
 * Begins to run the executions of a database and returns at once; `ready()` says when recovery is done. Whatever goes wrong with
 * the database shows in `health()` and is waited out.
 */
export function openRunner(ports: RunnerPorts): Runner {
  const loop = new EngineLoop(ports);
  loop.begin();
  return loop;
}

/** The doors of the engine; each part's file says which laws it keeps. */
class EngineLoop implements Runner {
  private readonly ports: RunnerPorts;
  private readonly announcements = new Announcements();
  private readonly core: Core;
  private readonly family: Family;
  private readonly starts: Starts;
  private readonly repairs: Repairs;
  private readonly lifecycle: Lifecycle;

  constructor(ports: RunnerPorts) {
    this.ports = ports;
    const { journal, logs } = ports;
    const core = new Core(ports, {
      announcements: this.announcements,
      givenUp: ({ id: executionId }, { step, attempt }) =>
        this.family.stopChildren({ executionId, step, attempt }),
      ended: (live) => live.parent && this.family.tellParent(live.parent, live.execution),
      lost: (reason) => this.lifecycle.lost(reason),
      untilOk: () => this.lifecycle.untilOk(),
      postponed: (reason) => this.postponed(reason),
    });
    this.core = core;
    this.family = new Family({
      journal,
      put: (executionId, news) => core.executions.put(executionId, news),
      read: (executionId) => core.read(executionId),
      postponed: (reason) => this.postponed(reason),
    });
    this.starts = new Starts({ core, journal, family: this.family });
    this.repairs = new Repairs({ core, journal });
    this.lifecycle = new Lifecycle({
      now: core.now,
      connect: () => journal.connect(),
      shut: (why) => core.shut(why),
      recover: async (doubtful) => {
        await core.recover(doubtful);
        await this.family.mendAmong(doubtful);
      },
      recoverAll: async () => {
        await core.recoverAll();
        await this.family.mend();
      },
    });
    // Without it an engine that has nothing to do would say for hours that all is well.
    journal.onLost((reason) => {
      if (this.ready()) this.lifecycle.lost(reason);
    });
    logs.onStored((executionId, lines) => this.announcements.tell({ type: 'logs', executionId, lines }));
  }

  begin(): void {
    this.lifecycle.begin();
  }

  ready(): boolean {
    return this.lifecycle.health().state === 'ok';
  }

  health(): Health {
    return this.lifecycle.health();
  }

  async start(request: StartRequest): Promise<Started> {
    this.lifecycle.assertOk();
    return this.starts.start(request);
  }

  async deliver(executionId: string, news: News): Promise<Delivered> {
    this.lifecycle.assertOk();
    const asked = this.core.withLive(executionId, (live) => this.core.executions.ask(live, news));
    return (await asked) ?? { ok: false, reason: `There is no execution ${executionId}.`, unknown: true };
  }

  async plan(executionId: string, repair: Repair): Promise<Plan | undefined> {
    this.lifecycle.assertOk();
    return this.repairs.plan(executionId, repair);
  }

  async repair(executionId: string, repair: Repair, order: RepairOrder): Promise<Delivered> {
    this.lifecycle.assertOk();
    return this.repairs.act(executionId, repair, order);
  }

  async callback(token: string, outcome: CallbackOutcome): Promise<Delivered> {
    this.lifecycle.assertOk();
    const parts = readToken(token);
    if (!parts) return unknownToken;
    const asked = this.core.withLive(parts.executionId, (live) => {
      const refusal = refusalOf(live.execution, parts, token);
      if (refusal === undefined) return this.core.executions.ask(live, newsOf(parts, outcome));
      return committed(live, refusal);
    });
    return (await asked) ?? unknownToken;
  }

  async limitsChanged(): Promise<void> {
    this.lifecycle.assertOk();
    await this.core.readLimits();
  }

  async remove(executionIds: readonly string[]): Promise<readonly string[]> {
    this.lifecycle.assertOk();
    return this.core.remove(executionIds);
  }

  subscribe(executionId: string, listener: (announcement: Announcement) => void): () => void {
    return this.announcements.subscribe(executionId, listener);
  }

  async ended(executionId: string, signal?: AbortSignal): Promise<ExecutionStatus> {
    let stop = () => {};
    try {
      return await new Promise((resolve, reject) => {
        const aborted = () => reject(signal?.reason);
        const unsubscribe = this.announcements.subscribe(executionId, (said) => {
          if (said.type === 'events' && said.status !== 'running') resolve(said.status);
        });
        signal?.addEventListener('abort', aborted);
        stop = () => {
          unsubscribe();
          signal?.removeEventListener('abort', aborted);
        };
        this.statusOf(executionId).then((status) => {
          if (status !== 'running') resolve(status);
        }, reject);
      });
    } finally {
      stop();
    }
  }

  async close(): Promise<void> {
    await this.lifecycle.close();
    await this.core.close();
    await this.ports.journal.close();
  }

  /** Of an execution in memory the end is announced, unless that has been done already. */
  private async statusOf(executionId: string): Promise<ExecutionStatus> {
    const live = this.core.executions.get(executionId);
    if (live && (live.sent || live.open || live.status === 'running')) return 'running';
    const [stored] = await reading(this.ports.journal.find([executionId]));
    if (!stored) throw new Error(`There is no execution ${executionId}.`);
    return stored.status;
  }

  /** A read failed. The writer's own failure leads to recovery, so here only a connection that is already lost matters. */
  private postponed(reason: unknown): void {
    if (this.ready() && !this.ports.journal.connected()) this.lifecycle.lost(reason);
  }
}

const unknownToken: Delivered = {
  ok: false,
  reason: 'This is not the task token of any step.',
  unknown: true,
};

function refusalOf(
  execution: Execution,
  { step, attempt }: TokenParts,
  token: string,
): Delivered | undefined {
  const task = execution.steps.get(step);
  if (task?.attempt === attempt && task.status === 'working' && task.task?.token === token) return undefined;
  if (execution.status !== 'running')
    return { ok: false, reason: 'The execution has ended; the callback came too late.' };
  return {
    ok: false,
    reason:
      'The step does not wait for this token (any more): it was answered, gave up, or the token is wrong.',
  };
}

function newsOf({ step, attempt }: TokenParts, outcome: CallbackOutcome): News {
  switch (outcome.type) {
    case 'success':
      return { type: 'taskSucceeded', step, attempt, output: outcome.output };
    case 'failure': {
      const { type: _, ...failure } = outcome;
      return { type: 'taskFailed', step, attempt, ...failure };
    }
    case 'heartbeat':
      return { type: 'taskHeartbeat', step, attempt };
  }
}
