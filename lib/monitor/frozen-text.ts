import type { Json } from '@/lib/expression/json';
import { type FrozenMonitor, freezeContainer, freezeMonitor, freezeScope, thawMonitor } from './frozen';
import type { Monitor } from './monitor';

/**
 * M15 A lean view as text that is kept, so that a history is folded on from there later. It has a line for each step, iteration and
 * so on: neither writing nor reading it must be done in one go.
 */

/**
 * To be raised with each change of how a view is frozen, and of what events do to it (`fold*.ts`, `lean.ts`): a view of another
 * format is not read, and its history is folded instead.
 */
export const frozenFormat = 2;

type Scopes = FrozenMonitor['containers'][number][1]['scopes'];

/** What a line holds: one entry of a list of the frozen view, or in the last line, the view with these lists empty. */
type Line =
  | readonly ['step', FrozenMonitor['steps'][number]]
  | readonly ['container', FrozenMonitor['containers'][number]]
  /** Of the container in the line before it that holds one. */
  | readonly ['scope', Scopes[number]]
  | readonly ['visits', FrozenMonitor['visits'][number]]
  | readonly ['rest', FrozenMonitor];

/**
 * Stops after each line; whoever goes on sees to it that the view does not change meanwhile. Returns the text, or undefined as soon
 * as it is known to have more than `most` characters.
 */
export function* freezeText(monitor: Monitor, most: number): Generator<undefined, string | undefined> {
  const written: string[] = [];
  let length = -1;
  for (const line of linesOf(monitor)) {
    const text = JSON.stringify(line);
    length += 1 + text.length;
    if (length > most) return undefined;
    written.push(text);
    yield;
  }
  return written.join('\n');
}

function* linesOf(monitor: Monitor): Generator<Line> {
  for (const step of monitor.steps.values()) yield ['step', { ...step }];
  for (const [id, container] of monitor.containers) {
    yield ['container', [id, freezeContainer({ ...container, scopes: new Map() })]];
    for (const [index, scope] of container.scopes) yield ['scope', [index, freezeScope(scope)]];
  }
  for (const visits of monitor.lean?.visits ?? []) yield ['visits', visits];
  const rest = { ...monitor, steps: new Map(), order: [], containers: new Map(), lean: undefined };
  yield ['rest', freezeMonitor(rest)];
}

/**
 * The view whose text `freezeText` made, in this format, of an execution of this definition. Stops after each line. Throws where
 * the text is not whole.
 */
export function* thawText(definition: Json, text: string): Generator<undefined, Monitor> {
  const steps: FrozenMonitor['steps'][number][] = [];
  const containers: FrozenMonitor['containers'][number][] = [];
  const visits: FrozenMonitor['visits'][number][] = [];
  let scopes: Scopes[number][] = [];
  for (const written of linesIn(text)) {
    const [kind, value] = parsed(written);
    switch (kind) {
      case 'step':
        steps.push(value);
        break;
      case 'container':
        scopes = [];
        containers.push([value[0], { ...value[1], scopes }]);
        break;
      case 'scope':
        scopes.push(value);
        break;
      case 'visits':
        visits.push(value);
        break;
      case 'rest':
        return thawMonitor(definition, { ...value, steps, containers, visits });
    }
    yield;
  }
  throw new Error('the text of a lean view has no last line');
}

function parsed(written: string): Line {
  try {
    // Only `freezeText` writes them, and a cast at this one place says so.
    return JSON.parse(written) as Line;
  } catch {
    // The parser's own message quotes the text, and values of people's flows with it.
    throw new Error('the text of a lean view has a line that is no JSON');
  }
}

function* linesIn(text: string): Generator<string> {
  for (let from = 0, to = 0; to >= 0; from = to + 1) {
    to = text.indexOf('\n', from);
    yield to < 0 ? text.slice(from) : text.slice(from, to);
  }
}
