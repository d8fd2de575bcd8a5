import { expect, it, vi } from 'vitest';
import { refuse } from './door';

/** Next bundles the routes and the engine apart: what the engine throws is of another copy of the class. */
async function otherCopy() {
  vi.resetModules();
  return import('@/lib/runner/ports');
}

it('an engine that is not ready is told as such, whichever bundle threw it', async () => {
  const { EngineUnavailable } = await otherCopy();
  const reply = refuse(new EngineUnavailable('The engine is starting.'));
  expect(reply.status).toBe(503);
  expect(JSON.parse(reply.body ?? '')).toMatchObject({
    type: 'urn:millrace:problem:unavailable',
    detail: 'The engine is starting.',
  });
});

it('a name that is taken is told as such, whichever bundle threw it', async () => {
  const { DuplicateExecution } = await otherCopy();
  const reply = refuse(new DuplicateExecution('nightly', '0190'));
  expect(reply.status).toBe(409);
  expect(JSON.parse(reply.body ?? '')).toMatchObject({ type: 'urn:millrace:problem:name-taken' });
});
