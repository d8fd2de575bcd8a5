import type { Command } from '@/lib/engine/command';
import type { LogLine, TaskCall } from './ports';

/** Whose task is called. */
export interface Caller {
  readonly executionId: string;
  readonly executionName: string;
  readonly flowId: string;
  readonly priority: number;
  readonly mayWait: boolean;
}

/** What a call needs to be heard. */
export interface Speaker {
  readonly now: () => number;
  readonly log: (executionId: string, lines: readonly LogLine[]) => void;
}

const linesPerAttempt = 5_000;
const charactersPerLine = 8_000;

/** One call of a task, from when it is asked for until it has answered. */
export class CallUnderWay implements TaskCall {
  readonly executionId: string;
  readonly executionName: string;
  readonly flowId: string;
  readonly priority: number;
  readonly mayWait: boolean;
  readonly state: string;
  readonly step: number;
  readonly attempt: number;
  readonly idempotencyKey: string;
  readonly token?: string;
  readonly command: Extract<Command, { type: 'callTask' }>;
  parameters: unknown;
  /** Its turn has come. */
  isBegun = false;
  private readonly speaker: Speaker;
  private controller: AbortController | undefined;
  private aborted = false;
  private lines = 0;

  constructor(
    caller: Caller,
    command: Extract<Command, { type: 'callTask' }>,
    idempotencyKey: string,
    speaker: Speaker,
  ) {
    this.executionId = caller.executionId;
    this.executionName = caller.executionName;
    this.flowId = caller.flowId;
    this.priority = caller.priority;
    this.mayWait = caller.mayWait;
    this.command = command;
    this.state = command.state;
    this.step = command.step;
    this.attempt = command.attempt;
    this.idempotencyKey = idempotencyKey;
    if (command.token !== undefined) this.token = command.token;
    this.speaker = speaker;
  }

  /** Made when it is asked for: most calls end before anybody wants to abort them. */
  get signal(): AbortSignal {
    this.controller ??= new AbortController();
    if (this.aborted) this.controller.abort();
    return this.controller.signal;
  }

  abort(): void {
    this.aborted = true;
    this.controller?.abort();
  }

  readonly log = (level: LogLine['level'], text: string): void => {
    this.lines += 1;
    if (this.lines > linesPerAttempt) return;
    const said = this.lines === linesPerAttempt ? 'Too many lines; the rest is left out.' : text;
    const { step, attempt } = this;
    this.speaker.log(this.executionId, [
      { step, attempt, at: this.speaker.now(), level, text: said.slice(0, charactersPerLine) },
    ]);
  };
}
