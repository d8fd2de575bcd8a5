import { randomUUID } from 'node:crypto';
import type { contracts } from '@/lib/api/contracts';
import type { TestRequest } from '@/lib/engine/test-request';
import { testState } from '@/lib/engine/test-state';
import type { Asked } from './door';
import { Refusal } from './refusal';

/** Tries one state with what the caller mocks; nothing is stored and nothing outside is called. */
export async function tryState({ body }: Asked<(typeof contracts)['testState']>) {
  // It came out of JSON, where nothing is undefined: fields are there or they are absent.
  const given = body as Omit<TestRequest, 'at' | 'seed'>;
  const outcome = testState({ ...given, at: Date.now(), seed: randomUUID() });
  if ('refused' in outcome) {
    const kind = outcome.refused === 'InvalidDefinition' ? 'invalid-definition' : 'invalid-request';
    throw new Refusal(kind, outcome.message);
  }
  const { inspectionData, ...told } = outcome;
  return inspectionData === undefined ? told : { ...told, inspectionData: { ...inspectionData } };
}
