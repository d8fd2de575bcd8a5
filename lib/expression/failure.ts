/**
 * What the language itself reports when an expression cannot be evaluated: an error name that Retry and Catch can
 * match (`States.Runtime`, `States.QueryEvaluationError`, …) and a cause in words. It is the only exception that
 * evaluation throws on purpose; `lib/engine` turns it into an event at one place.
 */
export class LanguageFailure extends Error {
  override readonly name: string = 'LanguageFailure';
  readonly error: string;
  /** The field at fault, slash-separated as AWS writes it (`Output/result`), where it is known. */
  readonly location: string | undefined;

  constructor(error: string, cause: string, location?: string) {
    super(cause);
    this.error = error;
    this.location = location;
  }
}
