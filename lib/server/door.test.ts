import { expect, it, vi } from 'vitest';
import { contracts } from '@/lib/api/contracts';
import { door, refuse } from './door';

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

it('a body of which several forms are allowed is refused with what each of them misses', async () => {
  const open = door(contracts.deleteExecutions, () => expect.unreachable());
  const body = new Request('http://localhost/x', {
    method: 'POST',
    headers: { 'content-type': 'application/json', host: 'localhost' },
    body: '{}',
  });
  const answer = await open(body, { params: Promise.resolve({}) });
  expect((await answer.json()).detail).toBe(
    'The body is not as it should be: /ids: Invalid input: expected array, received undefined; or /filter: Invalid input: expected object, received undefined',
  );
});
