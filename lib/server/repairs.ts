import type { contracts } from '@/lib/api/contracts';
import type { ProblemKind } from '@/lib/api/problem';
import type { News } from '@/lib/engine/arrival';
import type { CallbackOutcome, Delivered, Repair } from '@/lib/runner/ports';
import { findExecutionSummary } from '@/lib/store/executions';
import { findVersion } from '@/lib/store/versions';
import type { Asked } from './door';
import { given } from './given';
import { assertAnswerFits, assertFits } from './payload';
import { found, Refusal } from './refusal';
import { world } from './world';

type Contracts = typeof contracts;

/** What a repair would come to. A version that the flow does not have is not found, whatever else is wrong. */
export async function planRepair({ params, body }: Asked<Contracts['planRepair']>) {
  const plan = await world().runner.plan(params.executionId, await repairOf(params.executionId, body.repair));
  const { refused, kept, again, calls, failedStill, ...rest } = found(
    plan,
    `execution ${params.executionId}`,
  );
  return {
    ...rest,
    refused: [...refused],
    kept: [...kept],
    again: [...again],
    calls: [...calls],
    failedStill: [...failedStill],
  };
}

export async function repairExecution({ params, body }: Asked<Contracts['repairExecution']>) {
  const { repair, ...order } = body;
  const wanted = await repairOf(params.executionId, repair);
  return done(await world().runner.repair(params.executionId, wanted, given(order)));
}

/** The repair as the engine takes it: of another version its number and id. */
async function repairOf(
  executionId: string,
  repair: Asked<Contracts['planRepair']>['body']['repair'],
): Promise<Repair> {
  if ('input' in repair && repair.input !== undefined) await assertFits(repair.input, executionId);
  if ('output' in repair) await assertFits(repair.output, executionId);
  if (repair.type !== 'redrive') return given(repair);
  if (repair.version === undefined) return { type: 'redrive' };
  const { store } = world();
  const { flowId } = found(await findExecutionSummary(store, executionId), `execution ${executionId}`);
  const version = found(
    await findVersion(store, flowId, repair.version),
    `version ${repair.version} of flow ${flowId}`,
  );
  return { type: 'redrive', replacement: { version: version.number, versionId: version.id } };
}

export async function pauseExecution({ params, body }: Asked<Contracts['pauseExecution']>) {
  return deliver(params.executionId, { type: 'pause', ...given(body) });
}

export async function resumeExecution({ params, body }: Asked<Contracts['resumeExecution']>) {
  return deliver(params.executionId, { type: 'resume', ...given(body) });
}

export async function retryStep({ params, body }: Asked<Contracts['retryStep']>) {
  if (body.input !== undefined) await assertFits(body.input, params.executionId);
  return deliver(params.executionId, { type: 'retryStep', step: params.step, ...given(body) });
}

export async function redriveExecution({ params, body }: Asked<Contracts['redriveExecution']>) {
  return deliver(params.executionId, { type: 'redrive', ...given(body) });
}

export async function stopExecution({ params, body }: Asked<Contracts['stopExecution']>) {
  return deliver(params.executionId, { type: 'stop', ...given(body) });
}

export async function succeedCallback({ params, body }: Asked<Contracts['succeedCallback']>) {
  await assertAnswerFits(body.output, params.token);
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
  if (outcome.type === 'success') await assertFits(outcome.output, executionId);
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
  throw new Refusal(kindOf(delivered, refusal), delivered.reason);
}

function kindOf({ unknown, stale }: Extract<Delivered, { ok: false }>, refusal: ProblemKind): ProblemKind {
  if (unknown === true) return 'not-found';
  return stale === true ? 'plan-out-of-date' : refusal;
}
