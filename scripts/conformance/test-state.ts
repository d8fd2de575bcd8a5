import type { TestRequest } from '@/lib/engine/test-request';
import { type TestOutcome, testState } from '@/lib/engine/test-state';
import type { Json, JsonObject } from '@/lib/expression/json';
import { pointers, sameCause } from './cases';
import { same } from './compare';
import type { Line, Miss } from './files';

/** Makes one call of TestState and says what differs from the recorded answer. */
export function judgeTestState(line: Line): Miss[] {
  const request = line.request as JsonObject;
  const expect = line.expect as JsonObject;
  const mock = (request.mock ?? {}) as JsonObject;
  // The API takes the result as a text; one that is no JSON never reaches the function.
  const unreadable = mock.result !== undefined && mock.resultJson === undefined && !isJson(mock.result);
  const outcome: TestOutcome = unreadable
    ? { refused: 'ValidationException', message: 'Mocked result must be valid JSON' }
    : testState(requestOf(request));
  if ('refused' in outcome) return judgeRefusal(expect, outcome);
  if (expect.apiError !== undefined) {
    return [{ level: 1, what: 'apiError', expected: expect.apiError, actual: jsonOf(outcome) }];
  }
  return judgeAnswer(expect, outcome, request.inspectionLevel ?? 'INFO');
}

function isJson(text: Json): boolean {
  try {
    return typeof text !== 'string' || JSON.parse(text) !== undefined;
  } catch {
    return false;
  }
}

function requestOf(request: JsonObject): TestRequest {
  const { mock, inspectionLevel: _, ...rest } = request;
  const at = Date.UTC(2026, 0, 1);
  // The recorded call has TestState's own parameters; only the mock's result stands there as a text and parsed.
  const given = rest as unknown as Omit<TestRequest, 'at' | 'seed' | 'mock'>;
  if (mock === undefined) return { ...given, at, seed: 'conformance' };
  const { result, resultJson, ...other } = mock as JsonObject;
  const value = resultJson ?? (typeof result === 'string' ? JSON.parse(result) : result);
  const parsed = result === undefined && resultJson === undefined ? other : { ...other, result: value };
  return { ...given, mock: parsed as NonNullable<TestRequest['mock']>, at, seed: 'conformance' };
}

function judgeRefusal(expect: JsonObject, outcome: Extract<TestOutcome, { refused: string }>): Miss[] {
  if (expect.apiError !== outcome.refused) {
    const expected = expect.apiError ?? expect.status;
    return [{ level: 1, what: 'apiError', expected, actual: jsonOf(outcome) }];
  }
  if (expect.apiMessage === undefined || expect.apiMessage === outcome.message) return [];
  return [{ level: 3, what: 'apiMessage', expected: expect.apiMessage, actual: outcome.message }];
}

function judgeAnswer(
  expect: JsonObject,
  outcome: Exclude<TestOutcome, { refused: string }>,
  inspection: Json,
): Miss[] {
  const misses: Miss[] = [];
  const { status, output, error, nextState, cause, inspectionData } = outcome;
  const fields = [
    ['status', expect.status, status],
    ['output', expect.output, output],
    ['error', expect.error, error],
    ['nextState', expect.nextState, nextState],
  ] as const;
  for (const [what, expected, actual] of fields) {
    if (same(expected, actual, pointers(expect[`${what}Ignore`]))) continue;
    misses.push({ level: 1, what, expected, actual });
  }
  const shown = inspection === 'INFO' ? undefined : inspectionData;
  if (!same(expect.inspectionData, shown, pointers(expect.inspectionDataIgnore))) {
    misses.push({ level: 2, what: 'inspectionData', expected: expect.inspectionData, actual: shown });
  }
  if (!sameCause(expect, cause))
    misses.push({ level: 3, what: 'cause', expected: expect.cause, actual: cause });
  return misses;
}

function jsonOf(outcome: TestOutcome): Json {
  return JSON.parse(JSON.stringify(outcome));
}
