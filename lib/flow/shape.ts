import { type Definition, type StateType, stateTypes } from './model';

/**
 * Whether a value has the outline of a definition: machines with `StartAt` and `States`, states of a known type, lists
 * of rules, branches and catchers where such must stand, all the way down. That is what drawing and walking rely on;
 * the types of all other fields hold once `check` finds no error.
 */
export function isDefinition(value: unknown): value is Definition {
  return isMachine(value);
}

type Fields = Readonly<Record<string, unknown>>;

function isMachine(value: unknown): boolean {
  if (!isFields(value) || typeof value.StartAt !== 'string' || !isFields(value.States)) return false;
  return Object.values(value.States).every(isState);
}

function isState(value: unknown): boolean {
  if (!isFields(value) || !isStateType(value.Type)) return false;
  if (!isRules(value.Catch, 'Next') || !isRules(value.Retry)) return false;
  if (value.Type === 'Choice') return value.Choices !== undefined && isRules(value.Choices, 'Next');
  if (value.Type === 'Parallel') return Array.isArray(value.Branches) && value.Branches.every(isMachine);
  if (value.Type !== 'Map') return true;
  return isMachineOrNone(value.ItemProcessor) && isMachineOrNone(value.Iterator);
}

export function isStateType(value: unknown): value is StateType {
  return stateTypes.some((type) => type === value);
}

function isMachineOrNone(value: unknown): boolean {
  return value === undefined || isMachine(value);
}

function isRules(value: unknown, target?: string): boolean {
  if (value === undefined) return true;
  if (!Array.isArray(value)) return false;
  return value.every((rule) => isFields(rule) && (target === undefined || typeof rule[target] === 'string'));
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
