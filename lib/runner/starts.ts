import { isDeepStrictEqual } from 'node:util';
import type { Parent } from '@/lib/engine/event';
import type { Core } from './core';
import type { Family } from './family';
import type { Journal, StoredExecution } from './journal-port';
import { DuplicateExecution, NotCreated, type Started, type StartRequest } from './ports';
import { randomHex, timeOrderedUuid } from './random';
import { reading } from './reading';

interface World {
  readonly core: Core;
  readonly journal: Journal;
  readonly family: Family;
}

/**
 * Starts executions.
 *
 * S1 A name is used once per flow: the same start again is the same execution, another one is refused.
 * S2 Two starts with one name at the same time are one after the other.
 * S3 An execution whose flow has no room waits for it (A1), unless one that waits for it holds a place of the same flow: that
 *    would never leave.
 * S4 A start that says what state of its flow it was decided on comes to nothing where the flow is in another one.
 */
export class Starts {
  private readonly world: World;
  private readonly underWay = new Map<string, Promise<unknown>>();

  constructor(world: World) {
    this.world = world;
  }

  start(request: StartRequest): Promise<Started> {
    const { name } = request;
    return name === undefined ? this.begin(request) : this.oneByOne(request, name);
  }

  /** S2 */
  private async oneByOne(request: StartRequest, name: string): Promise<Started> {
    const key = `${request.flowId} ${name}`;
    const before = this.underWay.get(key) ?? Promise.resolve();
    const mine = before.then(() => this.named(request, name));
    const done = mine.catch(() => {});
    this.underWay.set(key, done);
    try {
      return await mine;
    } finally {
      if (this.underWay.get(key) === done) this.underWay.delete(key);
    }
  }

  /** S1 */
  private async named(request: StartRequest, name: string): Promise<Started> {
    const { journal } = this.world;
    const before = await reading(journal.named(request.flowId, name));
    if (before) return this.again(request, name, before);
    try {
      return await this.begin(request);
    } catch (error) {
      const taken =
        error instanceof NotCreated ? await reading(journal.named(request.flowId, name)) : undefined;
      if (!taken) throw error;
      return this.again(request, name, taken);
    }
  }

  private async again(request: StartRequest, name: string, before: StoredExecution): Promise<Started> {
    const { executionId } = before;
    const execution = await this.world.core.read(executionId);
    const same =
      isDeepStrictEqual(execution?.start.input, request.input) &&
      isDeepStrictEqual(before.parent, request.parent);
    if (!execution || !same) throw new DuplicateExecution(name, executionId);
    if (before.parent && before.status !== 'running') this.world.family.tellParent(before.parent, execution);
    return { executionId, existed: true };
  }

  private async begin(request: StartRequest): Promise<Started> {
    const { versionId, flowId, flowName, version, input, parent, options, alias, asOf } = request;
    const { core } = this.world;
    const program = await core.programs.of(versionId);
    const isInside = core.rooms.isFull(flowId) && (await this.isInside(flowId, parent));
    const at = core.now();
    const executionId = timeOrderedUuid(at);
    const name = request.name ?? executionId;
    const priority = options?.priority ?? 0;
    const given = { ...(parent && { parent }), ...(alias !== undefined && { alias }) };
    await core.executions.begin(
      program,
      {
        ...{ name, flowId, versionId, startedAt: at, priority },
        ...given,
        ...(asOf !== undefined && { asOf }),
      },
      {
        type: 'start',
        executionId,
        executionName: name,
        flowId,
        flowName,
        version,
        input,
        seed: randomHex(16),
        ...given,
        ...(options && { options }),
      },
      core.rooms.isFull(flowId) && !isInside,
    );
    const { status, queued = false } = core.executions.get(executionId) ?? {};
    const begun = status === 'running' ? { name, startedAt: at, queued, priority } : undefined;
    return { executionId, existed: false, ...(begun && { begun }) };
  }

  /** S3 */
  private async isInside(flowId: string, parent: Parent | undefined): Promise<boolean> {
    const { core, journal } = this.world;
    for (let around = parent; around !== undefined; ) {
      if (core.rooms.holds(flowId, around.executionId)) return true;
      const [stored] = await reading(journal.find([around.executionId]));
      around = stored?.parent;
    }
    return false;
  }
}
