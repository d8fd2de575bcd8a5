import { randomBytes } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Core } from './core';
import type { Family } from './family';
import type { Journal, StoredExecution } from './journal-port';
import { DuplicateExecution, NameTaken, type StartRequest } from './ports';
import { reading } from './reading';
import { timeOrderedUuid } from './uuid';

interface World {
  readonly core: Core;
  readonly journal: Journal;
  readonly family: Family;
}

interface Started {
  readonly executionId: string;
  readonly existed: boolean;
}

/**
 * Starts executions.
 *
 * S1 A name is used once per flow: the same start again is the same execution, another one is refused.
 * S2 Two starts with one name at the same time are one after the other.
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
        error instanceof NameTaken ? await reading(journal.named(request.flowId, name)) : undefined;
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
    const { versionId, flowId, flowName, version, input, parent, options } = request;
    const program = await this.world.core.programs.of(versionId);
    const at = this.world.core.now();
    const executionId = timeOrderedUuid(at);
    const name = request.name ?? executionId;
    await this.world.core.executions.begin(
      program,
      { name, flowId, versionId, startedAt: at, ...(parent && { parent }) },
      {
        type: 'start',
        executionId,
        executionName: name,
        flowId,
        flowName,
        version,
        input,
        seed: randomBytes(16).toString('hex'),
        ...(parent && { parent }),
        ...(options && { options }),
      },
    );
    return { executionId, existed: false };
  }
}
