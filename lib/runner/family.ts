import type { News } from '@/lib/engine/arrival';
import type { Parent } from '@/lib/engine/event';
import type { Execution } from '@/lib/engine/execution';
import type { Json } from '@/lib/expression/json';
import type { Journal, StoredExecution } from './journal-port';

interface World {
  readonly journal: Journal;
  readonly put: (executionId: string, news: News) => void;
  /** Reads an execution as it stands; undefined where there is none. */
  readonly read: (executionId: string) => Promise<Execution | undefined>;
  /** What failed of the database's being away is done again by the recovery that follows. */
  readonly postponed: (reason: unknown) => void;
}

const childrenAtOnce = 500;

/**
 * Executions that other executions wait for.
 *
 * F1 The end of a child is an arrival of its parent's step. It may be told twice (the second time changes nothing), never not
 *    at all: recovery tells again what a crash may have kept from being told.
 * F2 A step that is given up takes its children along; so does a parent that has ended.
 */
export class Family {
  private readonly world: World;

  constructor(world: World) {
    this.world = world;
  }

  /** F1 */
  tellParent(parent: Parent, child: Execution): void {
    this.world.put(parent.executionId, endOf(child, parent));
  }

  /** F2 */
  stopChildren(parent: Parent): void {
    this.world.journal
      .children(parent)
      .then((children) => {
        for (const child of children)
          this.stop(child.executionId, 'The step that waited for it was given up.');
      })
      .catch(this.world.postponed);
  }

  /** Both laws, for whatever a crash came in between of. */
  async mend(): Promise<void> {
    await this.stopOrphans();
    let after: string | null = null;
    for (;;) {
      const children = await this.world.journal.endedChildren(after, childrenAtOnce);
      await this.tellAgain(children);
      if (children.length < childrenAtOnce) return;
      after = children.at(-1)?.executionId ?? null;
    }
  }

  /** Both laws, for executions whose last commit was in doubt: they may have ended, and nothing was done because of it. */
  async mendAmong(doubtful: readonly string[]): Promise<void> {
    if (doubtful.length === 0) return;
    await this.stopOrphans();
    await this.tellAgain(await this.world.journal.find(doubtful));
  }

  private async stopOrphans(): Promise<void> {
    for (const orphan of await this.world.journal.orphans())
      this.stop(orphan.executionId, 'The execution that waited for it has ended.');
  }

  private async tellAgain(executions: readonly StoredExecution[]): Promise<void> {
    for (const { executionId, status, parent } of executions) {
      if (!parent || status === 'running') continue;
      const child = await this.world.read(executionId);
      if (child) this.tellParent(parent, child);
    }
  }

  private stop(executionId: string, cause: string): void {
    this.world.put(executionId, { type: 'stop', error: 'States.ParentEnded', cause });
  }
}

function endOf(child: Execution, { step, attempt }: Parent): News {
  if (child.status === 'succeeded') return { type: 'taskSucceeded', step, attempt, output: toldOf(child) };
  const { error, cause } = child.failure ?? {};
  return {
    type: 'taskFailed',
    step,
    attempt,
    error: error ?? (child.status === 'timedOut' ? 'States.Timeout' : 'States.TaskFailed'),
    cause: cause ?? `The execution ${child.id} ${child.status === 'stopped' ? 'was stopped' : 'failed'}.`,
  };
}

/** What the parent's step asked to be told when it started the child: the output, or an execution in AWS's words. */
function toldOf(child: Execution): Json {
  const { input, parent, executionName } = child.start;
  const output = child.output ?? null;
  if (parent?.told === undefined) return output;
  return {
    ExecutionArn: child.id,
    Name: executionName,
    Status: 'SUCCEEDED',
    Input: parent.told === 'text' ? JSON.stringify(input) : input,
    Output: parent.told === 'text' ? JSON.stringify(output) : output,
    StartDate: child.startedAt,
  };
}
