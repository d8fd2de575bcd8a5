import { isObject, type Json, type JsonObject } from '@/lib/expression/json';
import { check } from '@/lib/flow/check';
import { states } from '@/lib/flow/graph';
import type { Definition, QueryLanguage, State } from '@/lib/flow/model';
import { misfit } from './mock-shape';
import type { TestRequest } from './test-request';

/** Why a state is not tried at all. */
export interface Refusal {
  readonly refused: 'ValidationException' | 'InvalidDefinition';
  readonly message: string;
}

interface Found {
  readonly name: string;
  readonly state: State;
  readonly language: QueryLanguage | undefined;
}

/** The state to be tried: the definition itself, or the one of that name in a machine (nested ones included), else its first. */
export function stateUnderTest(definition: Json, stateName: string | undefined): Found | undefined {
  if (!isObject(definition)) return undefined;
  if (!('States' in definition)) {
    if (stateName !== undefined) return undefined;
    // A definition that `refusal` has passed is a state where it is no machine.
    return { name: 'StateName', state: definition as unknown as State, language: undefined };
  }
  // The same holds for machines.
  const machine = definition as unknown as Definition;
  const name = stateName ?? machine.StartAt;
  for (const located of states(machine)) {
    if (located.name !== name) continue;
    return { name, state: located.state, language: located.machine.QueryLanguage ?? machine.QueryLanguage };
  }
  return undefined;
}

/** What AWS refuses before it tries anything. */
export function refusal(request: TestRequest): Refusal | undefined {
  const { definition, stateName } = request;
  const invalid = invalidDefinition(definition);
  if (invalid !== undefined) return invalid;
  const found = stateUnderTest(definition, stateName);
  if (found === undefined) return refuse('State not found in definition');
  const problem = contextProblem(request.context) ?? mockProblem(found.state, request);
  return problem === undefined || typeof problem !== 'string' ? problem : refuse(problem);
}

function refuse(message: string): Refusal {
  return { refused: 'ValidationException', message };
}

function invalidDefinition(definition: Json): Refusal | undefined {
  const problems = check(machineOf(definition)).filter(({ severity }) => severity === 'error');
  const [first] = problems.filter(
    ({ code }) => !code.includes('TARGET') && !code.includes('UNREACHABLE') && !code.includes('TERMINAL'),
  );
  if (first === undefined) return undefined;
  const what = / must have at least one (entry|branch)$/.test(first.message)
    ? 'Value cannot be empty'
    : first.message;
  const message = `Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: ${what} at ${first.pointer}'`;
  return { refused: 'InvalidDefinition', message };
}

/** A single state as a machine; where it goes on does not matter. */
function machineOf(definition: Json): Json {
  if (!isObject(definition) || 'States' in definition) return definition;
  return { StartAt: 'StateName', States: { StateName: definition } };
}

const contextShape: {
  readonly [section: string]: { readonly [field: string]: 'string' | 'number' | 'any' };
} = {
  Execution: {
    Id: 'string',
    Input: 'any',
    Name: 'string',
    RoleArn: 'string',
    StartTime: 'string',
    RedriveCount: 'number',
    RedriveTime: 'string',
  },
  State: { Name: 'string', EnteredTime: 'string', RetryCount: 'number' },
  StateMachine: { Id: 'string', Name: 'string' },
  Task: { Token: 'string' },
};

function contextProblem(context: Json | undefined): string | undefined {
  if (context === undefined) return undefined;
  if (!isObject(context)) return 'Invalid Context object provided: it must be an object';
  for (const [section, value] of Object.entries(context)) {
    const shape = contextShape[section];
    if (shape === undefined) {
      return `Invalid Context object provided: '${section}' field is not supported when mocking a Context object`;
    }
    if (!isObject(value)) return `Invalid Context object provided: ${section} must be an object`;
    const problem = sectionProblem(section, value, shape);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function sectionProblem(
  section: string,
  value: JsonObject,
  shape: { readonly [field: string]: 'string' | 'number' | 'any' },
): string | undefined {
  for (const [field, wanted] of Object.entries(shape)) {
    if (!(field in value) || wanted === 'any' || typeof value[field] === wanted) continue;
    return `Invalid Context object provided: ${section}.${field} must be a ${wanted}`;
  }
  return undefined;
}

/** There is nothing in them that could come out otherwise. */
const unmockable: ReadonlySet<string> = new Set(['Pass', 'Succeed', 'Fail']);

function mockProblem(state: State, request: TestRequest): string | Refusal | undefined {
  const { mock, stateConfiguration } = request;
  const { Type: type } = state;
  const works = type === 'Task' || type === 'Map' || type === 'Parallel';
  if (mock !== undefined && unmockable.has(type))
    return `State type '${type}' is not supported when a mock is specified`;
  if (mock === undefined) {
    if (stateConfiguration?.mapIterationFailureCount !== undefined) {
      return 'TestState does not support MapIterationFailureCount when a mock is not specified.';
    }
    return works ? needsMock(type) : undefined;
  }
  return causeProblem(state, stateConfiguration?.errorCausedByState) ?? resultProblem(state, mock);
}

/** The state that is said to have failed must be one inside. */
function causeProblem(state: State, name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  const machine = { StartAt: 'StateName', States: { StateName: state } };
  const isInside = [...states(machine)].some((located) => located.name === name && located.state !== state);
  return isInside ? undefined : 'State not found in definition';
}

function needsMock(type: 'Task' | 'Map' | 'Parallel'): string | Refusal {
  if (type === 'Task') return 'RoleArn must be specified when testing a Task state';
  const message =
    'TestState API does not support Map or Parallel states. Supported state types include: [Task, Wait, Pass, Succeed, Fail, Choice]';
  return { refused: 'InvalidDefinition', message };
}

function resultProblem(state: State, mock: NonNullable<TestRequest['mock']>): string | undefined {
  const { result, errorOutput } = mock;
  if ((result === undefined) === (errorOutput === undefined)) {
    return 'A test mock should have only one of the following fields: [result, errorOutput].';
  }
  if (result === undefined || state.Type === 'Choice' || state.Type === 'Wait') return undefined;
  if (state.Type === 'Map' && state.ResultWriter !== undefined) {
    return isObject(result) ? undefined : 'Mocked result must be an object.';
  }
  if (state.Type !== 'Task') return Array.isArray(result) ? undefined : 'Mocked result must be an array.';
  return answerProblem(state.Resource, result, mock.fieldValidationMode ?? 'STRICT');
}

function answerProblem(
  resource: string,
  result: Json,
  mode: 'STRICT' | 'PRESENT' | 'NONE',
): string | undefined {
  const problem = mode === 'NONE' ? undefined : misfit(resource, result, mode);
  return problem === undefined ? undefined : `Mock result schema validation error: ${problem}`;
}
