import type { contracts } from '@/lib/api/contracts';
import type { News } from '@/lib/engine/arrival';
import type { CallbackOutcome, Delivered } from '@/lib/runner/ports';
import type { Asked } from './door';
import { assertSize } from './executions';
import { given } from './given';
import { Refusal } from './refusal';
import { world } from './world';

type Contracts = typeof contracts;

export async function retryStep({ params, body }: Asked<Contracts['retryStep']>) {
  if (body.input !== undefined) assertSize(body.input);
  return deliver(params.executionId, { type: 'retryStep', step: params.step, ...given(body) });
}

export async function redriveExecution({ params, body }: Asked<Contracts['redriveExecution']>) {
  return deliver(params.executionId, { type: 'redrive', ...given(body) });
}

export async function stopExecution({ params, body }: Asked<Contracts['stopExecution']>) {
  return deliver(params.executionId, { type: 'stop', ...given(body) });
}

export async function succeedCallback({ params, body }: Asked<Contracts['succeedCallback']>) {
  assertSize(body.output);
  return callback(params.token, { type: 'success', output: body.output });
}

export async function failCallback({ params, body }: Asked<Contracts['failCallback']>) {
  return callback(params.token, { type: 'failure', ...given(body) });
}

export async function heartbeatCallback({ params }: Asked<Contracts['heartbeatCallback']>) {
  return callback(params.token, { type: 'heartbeat' });
}

/** Completes a waiting step from its page: the server looks the token up, so that no browser needs to know it. */
export async function completeStep({
  params: { executionId, step },
  body: { outcome },
}: Asked<Contracts['completeStep']>) {
  if (outcome.type === 'success') assertSize(outcome.output);
  return callback(await tokenOf(executionId, step), given(outcome));
}

async function tokenOf(executionId: string, step: number): Promise<string> {
  let token: string | undefined;
  // The newest attempt's token counts; a step is entered before its task is scheduled.
  for (let after = step; ; ) {
    const events = await world().journal.read(executionId, after, 1000);
    for (const event of events)
      if (event.type === 'TaskScheduled' && event.step === step) token = event.token;
    const last = events.at(-1);
    if (last === undefined || events.length < 1000) break;
    after = last.id;
  }
  if (token !== undefined) return token;
  throw new Refusal('refused', `Step ${step} of this execution does not wait for a callback.`);
}

async function deliver(executionId: string, news: News) {
  return done(await world().runner.deliver(executionId, news));
}

async function callback(token: string, outcome: CallbackOutcome) {
  return done(await world().runner.callback(token, outcome), 'callback-not-awaited');
}

function done(
  delivered: Delivered,
  refusal: 'refused' | 'callback-not-awaited' = 'refused',
): { lastEvent: number } {
  if (delivered.ok) return { lastEvent: delivered.lastEvent };
  throw new Refusal(delivered.unknown === true ? 'not-found' : refusal, delivered.reason);
}
