import type { Operator } from '@/lib/engine/event';
import type { Json } from '@/lib/expression/json';
import type { Monitor } from './monitor';
import type { Act, Trigger } from './step';

/** What an operator did goes into the view (M10). */
export function act(
  monitor: Monitor,
  event: { readonly id: number; readonly at: number } & Operator,
  what: Act['what'],
  about: Pick<Act, 'step' | 'change'> = {},
): void {
  const { id, at } = event;
  monitor.acts.push({ event: id, at, what, ...about, ...who(event) });
}

/** What an operator changed of a step's input. */
export function edited(event: { readonly input?: Json; readonly before?: Json }): Pick<Act, 'change'> {
  const { input: after, before } = event;
  return after === undefined || before === undefined ? {} : { change: { of: 'input', before, after } };
}

export function who({ by, why }: Operator): Operator {
  return { ...(by === undefined ? {} : { by }), ...(why === undefined ? {} : { why }) };
}

/** Who asked for the attempt that begins now; undefined where nobody did. Asked once. */
export function askedFor(monitor: Monitor, step: number): Trigger | undefined {
  const trigger = monitor.asked.get(step);
  monitor.asked.delete(step);
  return trigger;
}
