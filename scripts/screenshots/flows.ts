import type { Client } from '@/lib/api/client';
import type { Execution, FlowSummary } from '@/lib/api/resources';
import { brokenInput, videoFlow, videoInput } from './video-flow';

/** What the pictures are of. */
export interface Shown {
  readonly video: FlowSummary;
  readonly failed: Execution;
  readonly waiting: Execution;
  readonly booking: FlowSummary;
  readonly compensated: Execution;
}

/** Makes the flows of the templates and one more, and runs all of them on real input. */
export async function runFlows(api: Client): Promise<Shown> {
  const { items } = await api.listTemplates({});
  const booked: { flow: FlowSummary; execution: Execution }[] = [];
  for (const template of items) {
    const flow = await api.createFlow({ body: { template: template.id } });
    for (const { input } of template.inputs) {
      const execution = await started(api, flow.id, input);
      if (template.id === 'booking') booked.push({ flow, execution });
    }
  }
  const video = await api.createFlow({
    body: {
      name: 'Publish a video',
      description: 'Renditions, subtitles and a thumbnail of what was uploaded',
      source: JSON.stringify(videoFlow, null, 2),
      format: 'json',
    },
  });
  const waiting = await started(api, video.id, videoInput);
  const failed = await settled(api, (await started(api, video.id, brokenInput)).id);
  const [first, second] = booked;
  if (first === undefined || second === undefined)
    throw new Error('the booking example is not in the gallery: its services do not run');
  const compensated = await settled(api, second.execution.id);
  return { video, failed, waiting: await settled(api, waiting.id), booking: first.flow, compensated };
}

async function started(api: Client, flowId: string, input: Execution['input']): Promise<Execution> {
  const { id } = await api.startExecution({ params: { flowId }, body: { input } });
  return await api.getExecution({ params: { executionId: id } });
}

/** The execution once it has ended, or after a while (one waits for a person). */
async function settled(api: Client, executionId: string): Promise<Execution> {
  const patience = Date.now() + 20_000;
  for (;;) {
    const execution = await api.getExecution({ params: { executionId } });
    if (execution.status !== 'running' || Date.now() > patience) return execution;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}
