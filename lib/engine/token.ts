/** What a task token says. The secret must be compared with the one in the history before anything else is believed. */
export interface TokenParts {
  readonly executionId: string;
  readonly step: number;
  readonly attempt: number;
  readonly secret: string;
}

/** Takes `EXECUTIONID.STEP.ATTEMPT.SECRET` apart; undefined where the text is no token. */
export function readToken(token: string): TokenParts | undefined {
  throw new Error(`${token}: not read yet`);
}
