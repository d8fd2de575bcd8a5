import type { Committed, Journal } from './journal-port';
import { type Live, type OpenTurn, send } from './live';

/** A commit takes no more events than this, so that what comes behind a very large turn does not wait for too long. */
const eventsPerCommit = 20_000;

/** While PostgreSQL writes one commit, the next one is on its way to it already. */
const commitsUnderWay = 2;

/** So many turns are never split (W4): each commit has a price of its own. */
const fewTurns = 4;

interface World {
  readonly journal: Pick<Journal, 'commit'>;
  readonly now: () => number;
  readonly committed: (turns: readonly OpenTurn[], outcome: Committed) => void;
  readonly failed: (error: unknown) => void;
}

/**
 * The one writer of the process.
 *
 * W1 Turns that are ready are committed together; while commits are under way the next ones gather. Commits are written in order.
 * W2 An execution has at most one turn under way and one that gathers.
 * W3 After a failed commit nothing is written until `resume`, and what comes of the commits behind it is not heard: their
 *    executions are in doubt as well.
 * W4 A commit takes at most half of the turns that are ready or under way, so that one half is worked on while PostgreSQL writes
 *    the other. All of them in one commit would leave first the one idle and then the other.
 */
export class TurnWriter {
  private readonly world: World;
  private ready: Live[] = [];
  private scheduled = false;
  private underWay = new Set<Promise<void>>();
  private turnsUnderWay = 0;
  private stopped = false;
  /** Grows with each stop: commits of an earlier one are in doubt. */
  private era = 0;

  constructor(world: World) {
    this.world = world;
  }

  /** Tells that an execution has begun an open turn. */
  add(live: Live): void {
    this.ready.push(live);
    this.schedule();
  }

  /** Resolves when no commit is under way. */
  async idle(): Promise<void> {
    while (this.underWay.size > 0) await Promise.all(this.underWay);
  }

  stop(): void {
    this.stopped = true;
    this.era += 1;
    this.ready = [];
  }

  resume(): void {
    this.stopped = false;
    this.schedule();
  }

  private schedule(): void {
    if (this.scheduled || this.stopped || this.underWay.size >= commitsUnderWay) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      this.flush();
    });
  }

  private flush(): void {
    if (this.stopped || this.ready.length === 0 || this.underWay.size >= commitsUnderWay) return;
    const lives = this.take();
    const turns = lives.map((live) => send(live, this.world.now()));
    const sent = lives.flatMap((live) => live.sent ?? []);
    const { era } = this;
    const commit: Promise<void> = this.world.journal.commit(turns).then(
      (outcome) => {
        ended();
        if (era === this.era) this.done(lives, sent, outcome);
      },
      (error: unknown) => {
        ended();
        if (era !== this.era) return;
        this.stop();
        this.world.failed(error);
      },
    );
    const ended = () => {
      this.underWay.delete(commit);
      this.turnsUnderWay -= turns.length;
      // What has gathered since the engine went on may have waited for this place.
      if (era !== this.era) this.schedule();
    };
    this.underWay.add(commit);
    this.turnsUnderWay += turns.length;
    if (this.ready.length > 0) this.schedule();
  }

  private done(lives: readonly Live[], sent: readonly OpenTurn[], outcome: Committed): void {
    for (const live of lives) {
      if (live.sent) live.unperformed.push(live.sent);
      live.sent = undefined;
      if (live.open) this.ready.push(live);
    }
    // The next commit is under way before this one's commands are performed.
    this.flush();
    this.world.committed(sent, outcome);
  }

  private take(): Live[] {
    const most = Math.max(fewTurns, Math.ceil((this.ready.length + this.turnsUnderWay) / 2));
    let events = 0;
    let count = 0;
    while (count < Math.min(most, this.ready.length) && events < eventsPerCommit) {
      events += this.ready[count]?.open?.events.length ?? 0;
      count += 1;
    }
    return this.ready.splice(0, count);
  }
}
