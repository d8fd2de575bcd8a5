import { isObject, type Json, type JsonObject } from '@/lib/expression/json';
import { child } from '../pointer';
import { type Place, spotAt } from './place';
import { at, delimited, expressionText, type Spot, templateOf, valueText } from './template';

/** What only Map states of new FDL have. */
export function mapFields(state: JsonObject, place: Place): JsonObject {
  const { ProcessorConfig: config } = state;
  const mode = isObject(config) ? config.ExecutionMode : undefined;
  const distributed = mode === 'Express' || mode === 'Standard';
  const { desk } = place.scope;
  if (isObject(config)) desk.unknown(config, child(place.pointer, 'ProcessorConfig'), ['ExecutionMode']);
  const processor = place.inner(
    state.Processor ?? null,
    child(place.pointer, 'Processor'),
    place.scope,
    !distributed,
  );
  const execution = { Mode: 'DISTRIBUTED', ExecutionType: mode === 'Express' ? 'EXPRESS' : 'STANDARD' };
  return {
    ...items(state, place),
    ...selector(state, place),
    ItemProcessor: { ...(distributed ? { ProcessorConfig: execution } : {}), ...processor },
    ...concurrency(state, place, distributed ? 100 : 40),
    ...batcher(state, place),
    ...tolerance(state, place, 'Count'),
    ...tolerance(state, place, 'Percentage'),
    ...unknownParts(state, place),
  };
}

function items(state: JsonObject, place: Place): JsonObject {
  const spot = spotAt(place, {});
  const { ItemsPath: path, MaxItems: most } = state;
  const limit = typeof most === 'string' ? Number(most) : most;
  if (path === undefined) {
    if (most !== undefined)
      place.scope.desk.lost(
        child(place.pointer, 'MaxItems'),
        '"MaxItems" works on "ItemsPath" only: it is left out',
      );
    return {};
  }
  const text = expressionText(path, at(spot, 'ItemsPath'));
  if (limit === undefined) return { Items: delimited(text) };
  if (typeof limit === 'number' && Number.isInteger(limit) && limit > 0)
    return { Items: delimited(`[(${text})[[0..${limit - 1}]]]`) };
  place.scope.desk.lost(
    child(place.pointer, 'MaxItems'),
    '"MaxItems" must be a whole number above 0: it is left out',
  );
  return { Items: delimited(text) };
}

function selector(state: JsonObject, place: Place): JsonObject {
  const { ItemConstructor: constructed } = state;
  if (constructed === undefined) return {};
  return { ItemSelector: templateOf(constructed, at(spotAt(place, { item: true }), 'ItemConstructor')) };
}

/** The vendor's tables misspell the field; both spellings mean the same. */
function concurrency(state: JsonObject, place: Place, usual: number): JsonObject {
  const key = state.MaxConcurrency === undefined ? 'MaxConcuccency' : 'MaxConcurrency';
  const given = numeric(state[key]);
  if (given === undefined) return { MaxConcurrency: usual };
  if (Number.isInteger(given) && given >= 0) return { MaxConcurrency: given };
  place.scope.desk.lost(child(place.pointer, key), `"${key}" must be a whole number: ${usual} is taken`);
  return { MaxConcurrency: usual };
}

function tolerance(state: JsonObject, place: Place, what: 'Count' | 'Percentage'): JsonObject {
  const key = [`ToleratedFailure${what}`, `ToleratedFailed${what}`].find((name) => state[name] !== undefined);
  if (key === undefined) return {};
  const given = numeric(state[key]);
  const right =
    given !== undefined && given >= 0 && (what === 'Count' ? Number.isInteger(given) : given <= 100);
  if (right) return { [`ToleratedFailure${what}`]: given };
  place.scope.desk.lost(child(place.pointer, key), `"${key}" must be a number: it is left out`);
  return {};
}

function batcher(state: JsonObject, place: Place): JsonObject {
  const { ItemBatcher: given } = state;
  if (given === undefined) return {};
  const spot = at(spotAt(place, {}), 'ItemBatcher');
  if (!isObject(given)) {
    place.scope.desk.lost(spot.pointer, '"ItemBatcher" must be a map: it is left out');
    return {};
  }
  place.scope.desk.unknown(given, spot.pointer, [
    'MaxItemsPerBatch',
    'MaxInputBytesPerBatch',
    'BatchInput',
    'BatchInput.$',
  ]);
  const limits = ['MaxItemsPerBatch', 'MaxInputBytesPerBatch'].flatMap((key): [string, Json][] => {
    const value = numeric(given[key]);
    return value === undefined ? [] : [[key, value]];
  });
  if (limits.length === 0) place.scope.desk.lost(spot.pointer, '"ItemBatcher" sets no limit: it is left out');
  if (limits.length === 0) return {};
  place.scope.desk.changed(
    spot.pointer,
    'A batch is {"Items": […], "BatchInput": …} here: see that the processor expects it',
  );
  return { ItemBatcher: { ...Object.fromEntries(limits), ...batchInput(given, spot) } };
}

function batchInput(given: JsonObject, spot: Spot): JsonObject {
  const computed = given['BatchInput.$'];
  if (computed !== undefined) return { BatchInput: delimited(valueText(computed, at(spot, 'BatchInput.$'))) };
  return given.BatchInput === undefined
    ? {}
    : { BatchInput: templateOf(given.BatchInput, at(spot, 'BatchInput')) };
}

/** Both read and write OSS, which is not here. */
function unknownParts(state: JsonObject, place: Place): JsonObject {
  for (const key of ['ItemReader', 'ResultWriter'])
    if (state[key] !== undefined)
      place.scope.desk.lost(
        child(place.pointer, key),
        `"${key}" works on OSS, which is not here: it is left out`,
      );
  return {};
}

function numeric(value: Json | undefined): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}
