import type { Json } from '@/lib/expression/json';
import { freezeText, thawText } from './frozen-text';
import type { Monitor } from './monitor';

/** The text of a view, done in one go; fails where it has more than `most` characters. */
export function frozen(monitor: Monitor, most = 100_000_000): string {
  const text = done(freezeText(monitor, most));
  if (text === undefined) throw new Error(`the view has more than ${most} characters`);
  return text;
}

/** The view of such a text. */
export function thawed(definition: Json, text: string): Monitor {
  return done(thawText(definition, text));
}

/** What comes of work that stops at each of its steps. */
function done<Result>(work: Iterator<undefined, Result>): Result {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}
