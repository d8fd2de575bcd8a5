/** @typedef {{ id: number, at: number, work: (...values: unknown[]) => unknown, values: unknown[], every: number | undefined }} Timer */

const longestDelay = 2_147_483_647;

/** setTimeout and its kin, without a clock of their own: the outer realm asks when the next one is due and comes back then. */
export class Timers {
  /** @type {Timer[]} */
  #waiting = [];
  #lastId = 0;
  #now;

  /** @param {() => number} now */
  constructor(now) {
    this.#now = now;
  }

  /** Runs the one that is due first, if one is due. */
  runNext() {
    const timer = this.#waiting[0];
    if (timer === undefined || timer.at > this.#now()) return undefined;
    this.#waiting.shift();
    if (timer.every !== undefined) this.#add({ ...timer, at: this.#now() + timer.every });
    const { work, values } = timer;
    return work(...values);
  }

  /** Milliseconds; -2 where nothing waits. Calls nothing that user code could have replaced, since nobody watches how long it takes. */
  untilNext() {
    const timer = this.#waiting[0];
    if (timer === undefined) return -2;
    const left = timer.at - this.#now();
    return left > 0 ? left : 0;
  }

  functions() {
    /** @param {number | undefined} id */
    const clear = (id) => {
      this.#waiting = this.#waiting.filter((timer) => timer.id !== id);
    };
    return {
      /** @type {(work: Timer['work'], delay?: number, ...values: unknown[]) => number} */
      setTimeout: (work, delay = 0, ...values) => this.#set(work, delay, values, false),
      /** @type {(work: Timer['work'], delay?: number, ...values: unknown[]) => number} */
      setInterval: (work, delay = 0, ...values) => this.#set(work, delay, values, true),
      /** @type {(work: Timer['work'], ...values: unknown[]) => number} */
      setImmediate: (work, ...values) => this.#set(work, 0, values, false),
      clearTimeout: clear,
      clearInterval: clear,
      clearImmediate: clear,
    };
  }

  /**
   * @param {Timer['work']} work
   * @param {number} delay
   * @param {unknown[]} values
   * @param {boolean} repeats
   */
  #set(work, delay, values, repeats) {
    if (typeof work !== 'function') throw new TypeError('A timer needs a function.');
    const wanted = Number(delay);
    const milliseconds = wanted >= 1 && wanted <= longestDelay ? wanted : 1;
    const id = ++this.#lastId;
    this.#add({
      id,
      at: this.#now() + milliseconds,
      work,
      values,
      every: repeats ? milliseconds : undefined,
    });
    return id;
  }

  /** @param {Timer} timer Behind those that are due at the same time. */
  #add(timer) {
    const later = this.#waiting.findIndex(({ at }) => at > timer.at);
    this.#waiting.splice(later === -1 ? this.#waiting.length : later, 0, timer);
  }
}
