import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Event } from '@/lib/engine/event';
import type { Json } from '@/lib/expression/json';
import { getExecution, listEvents, listExecutions, startExecution } from '@/lib/server/executions';
import { createFlow, listFlows } from '@/lib/server/flows';
import { completeStep } from '@/lib/server/repairs';
import { listTemplates } from '@/lib/server/templates';
import { openWorldOnce, type World } from '@/lib/server/world';
import { openTestDatabase, type TestDatabase } from '@/lib/store/test-database';
import { type Examples, openExamples } from '../start/examples';

const projectFolder = join(fileURLToPath(import.meta.url), '..', '..', '..');
let database: TestDatabase;
let examples: Examples;
let world: World;

beforeAll(async () => {
  database = await openTestDatabase();
  examples = openExamples({ projectFolder, databaseUrl: database.url, progress: console.log });
  await examples.settled;
  world = openWorldOnce({ databaseUrl: database.url, dataFolder: tmpdir() });
  await vi.waitUntil(() => world.runner.ready(), { timeout: 20_000 });
});
afterAll(async () => {
  await world?.close();
  await examples?.stop();
  await database?.close();
});

/** Makes a flow of a template and starts it with one of its inputs, as a click in the gallery does. */
async function start(template: string, title: RegExp): Promise<string> {
  const { items } = await listTemplates();
  const input = items
    .find(({ id }) => id === template)
    ?.inputs.find((sample) => title.test(sample.title))?.input;
  if (input === undefined) throw new Error(`template ${template} has no input like ${title}`);
  const { id: flowId } = await createFlow({ params: undefined, query: undefined, body: { template } });
  return started(flowId, input);
}

async function started(flowId: string, input: Json): Promise<string> {
  const answer = await startExecution({ params: { flowId }, query: { wait: 0 }, body: { input } });
  // Without waiting the execution itself is the answer.
  if (!('id' in answer)) throw new Error(`flow ${flowId} was not started`);
  return answer.id;
}

async function outcome(executionId: string) {
  await world.runner.ended(executionId);
  const { status, output, error } = await getExecution({
    params: { executionId },
    query: undefined,
    body: undefined,
  });
  return { status, output, error };
}

const run = async (template: string, title: RegExp) => outcome(await start(template, title));

async function entered(executionId: string): Promise<string[]> {
  const { items } = await listEvents({
    params: { executionId },
    query: { after: 0, limit: 1000 },
    body: undefined,
  });
  return items.flatMap((event: Event) => (event.type === 'StateEntered' ? [event.state] : []));
}

it('the booking books all three', async () => {
  expect(await run('booking', /All three/)).toMatchObject({
    status: 'succeeded',
    output: {
      status: 'booked',
      train: expect.stringMatching(/^TR-/),
      flight: expect.stringMatching(/^FL-/),
      hotel: expect.stringMatching(/^HO-/),
    },
  });
});

it('the booking goes back the whole way when the hotel is sold out, and says why', async () => {
  const id = await start('booking', /hotel is sold out/);

  expect(await outcome(id)).toMatchObject({
    status: 'succeeded',
    output: {
      status: 'cancelled',
      failed: 'hotel',
      error: 'Http.Status.409',
      reason: 'There is no room left in this hotel. Asking again does not help.',
    },
  });
  expect((await entered(id)).slice(1)).toEqual([
    'Book the train',
    'Book the flight',
    'Book the hotel',
    'Cancel the hotel',
    'Cancel the flight',
    'Cancel the train',
    'Journey cancelled',
  ]);
});

it('the booking gives a train up that is never there, and books through what passes', async () => {
  const [train, flight, lost, cancelling] = await Promise.all([
    run('booking', /train is unhealthy/),
    run('booking', /third attempt/),
    run('booking', /lost/),
    run('booking', /Cancelling the flight/),
  ]);

  expect(train.output).toMatchObject({ status: 'cancelled', failed: 'train', error: 'Http.Status.503' });
  expect([flight.output, lost.output]).toEqual([
    expect.objectContaining({ status: 'booked' }),
    expect.objectContaining({ status: 'booked' }),
  ]);
  expect(cancelling.output).toMatchObject({ status: 'cancelled', failed: 'hotel' });
});

it('an order that is not complete fails before anything is booked', async () => {
  const { id: flowId } = await createFlow({
    params: undefined,
    query: undefined,
    body: { template: 'booking' },
  });
  const id = await started(flowId, { order: 'A-9' });

  expect(await outcome(id)).toMatchObject({ status: 'failed', error: 'Booking.OrderIncomplete' });
});

it('the group booking brings the flow that it runs, and says who stays at home', async () => {
  const ended = await run('group-booking', /One of five/);

  expect(ended.output).toEqual({
    status: 'partly booked',
    travel: ['Ada', 'Alan', 'Edsger', 'Barbara'],
    stay: [
      { traveller: 'Grace', reason: 'There is no room left in this hotel. Asking again does not help.' },
    ],
  });
  const { items } = await listFlows({
    params: undefined,
    query: { search: 'Transactional booking', limit: 50 },
    body: undefined,
  });
  const children = await listExecutions({
    params: undefined,
    query: { flowId: items.find(({ name }) => name === 'Transactional booking')?.id, limit: 50 },
    body: undefined,
  });
  expect(children.items.filter(({ parent }) => parent !== null)).toHaveLength(5);
});

it('the audit finds every journey whole', async () => {
  const { status, output } = await run('booking-audit', /newest/);

  expect(status).toBe('succeeded');
  expect(output).toMatchObject({ partial: [], whole: expect.any(Number) });
});

it('the approval passes a small expense and waits with a large one for a button', async () => {
  expect((await run('approval', /small/)).output).toMatchObject({ status: 'approved' });
  const id = await start('approval', /large/);
  await expect.poll(() => waitingStep(id)).toBeGreaterThan(0);

  await completeStep({
    params: { executionId: id, step: (await waitingStep(id)) ?? 0 },
    query: undefined,
    body: { outcome: { type: 'failure', error: 'Rejected', cause: 'Too dear' } },
  });

  expect((await outcome(id)).output).toEqual({
    status: 'refused',
    by: 'team lead',
    reason: 'Too dear',
    amount: 640,
  });
});

/** The step that waits for a callback. */
async function waitingStep(executionId: string): Promise<number | undefined> {
  const { items } = await listEvents({
    params: { executionId },
    query: { after: 0, limit: 1000 },
    body: undefined,
  });
  return items.flatMap((event: Event) =>
    event.type === 'StateEntered' && event.stateType === 'Task' ? [event.id] : [],
  )[0];
}
