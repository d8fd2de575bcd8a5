import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * What the process that hosts Next needs from the server. Next compiles the server into bundles of its own, so the host
 * cannot import it: it would get a second copy. `instrumentation.ts` puts the one copy here, the host takes it from here.
 */
export interface Hosted {
  /** Answers what is not for Next, event streams above all, and returns true; leaves every other request to Next. */
  readonly answerBeforeNext: (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;
  /** What executions wait for before they can be started; undefined when they can be. */
  readonly waitsFor: () => string | undefined;
  /** Stops the engine in order; resolves when nothing of it runs. */
  readonly close: () => Promise<void>;
}

const key = Symbol.for('millrace.hosted');

// The symbol is ours, and only `setHosted` writes it.
const place = globalThis as { [key]?: Hosted };

export function setHosted(hosted: Hosted): void {
  place[key] = hosted;
}

/** Undefined until the server has been opened. */
export function getHosted(): Hosted | undefined {
  return place[key];
}
