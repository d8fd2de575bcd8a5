import type { News } from '@/lib/engine/arrival';
import type { Command } from '@/lib/engine/command';
import type { MapStorage } from './ports';

export type MapJob = Extract<Command, { type: 'readItems' | 'writeResults' }>;

interface World {
  readonly storage: MapStorage | undefined;
  readonly answered: (executionId: string, job: string, news: News) => void;
}

/** Reads the items of distributed Maps and writes their results, one page at a time. The laws D1 and D3 of Dispatch hold here too. */
export class MapJobs {
  private readonly world: World;
  private readonly underWay = new Set<string>();

  constructor(world: World) {
    this.world = world;
  }

  begin(executionId: string, job: MapJob): void {
    const key = `${executionId}/${job.id}`;
    if (this.underWay.has(key)) return;
    this.underWay.add(key);
    void this.run(executionId, job).then((news) => {
      if (this.underWay.delete(key)) this.world.answered(executionId, job.id, news);
    });
  }

  /** Drops all answers: a later start repeats what is under way. */
  abandon(): void {
    this.underWay.clear();
  }

  private async run(executionId: string, job: MapJob): Promise<News> {
    const { step, attempt } = job;
    const run = `${executionId}-${step}-${attempt}`;
    const { storage } = this.world;
    if (!storage) return failed(job, `Nothing here can be read or written by the name "${job.resource}".`);
    try {
      if (job.type === 'writeResults') {
        const output = await storage.write({ ...job, run });
        return { type: 'resultsWritten', step, attempt, part: job.part, output };
      }
      const asked = job.from === undefined ? {} : { from: job.from };
      return { type: 'itemsRead', step, attempt, ...asked, ...(await storage.read({ ...job, run })) };
    } catch (problem) {
      return failed(job, problem instanceof Error ? problem.message : String(problem));
    }
  }
}

function failed(job: MapJob, cause: string): News {
  const error = job.type === 'readItems' ? 'States.ItemReaderFailed' : 'States.ResultWriterFailed';
  return { type: 'mapTaskFailed', step: job.step, attempt: job.attempt, error, cause };
}
