import type { Announcement } from './ports';

type Listener = (announcement: Announcement) => void;

/** Tells whoever listens to an execution, or to all (`*`), what was committed. */
export class Announcements {
  private readonly listeners = new Map<string, Set<Listener>>();

  subscribe(executionId: string, listener: Listener): () => void {
    const set = this.listeners.get(executionId) ?? new Set();
    // One function subscribed twice is told twice.
    const own: Listener = (announcement) => listener(announcement);
    set.add(own);
    this.listeners.set(executionId, set);
    return () => {
      set.delete(own);
      if (set.size === 0 && this.listeners.get(executionId) === set) this.listeners.delete(executionId);
    };
  }

  /** Whether anybody would be told. */
  heard(executionId: string): boolean {
    return this.listeners.size > 0 && (this.listeners.has(executionId) || this.listeners.has('*'));
  }

  tell(announcement: Announcement): void {
    for (const topic of [announcement.executionId, '*'])
      for (const listener of this.listeners.get(topic) ?? []) listener(announcement);
  }
}
