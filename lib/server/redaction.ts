import type { Event } from '@/lib/engine/event';

/** An event as it may leave the server: the seed is emptied and task tokens are left out, since both are secrets. */
export function shownEvent(event: Event): Event {
  if (event.type === 'ExecutionStarted') return { ...event, seed: '' };
  if (event.type !== 'TaskScheduled' || event.token === undefined) return event;
  const { token: _secret, ...shown } = event;
  return shown;
}
