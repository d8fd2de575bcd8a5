import { type ProblemDocument, type ProblemKind, problemDocument } from '@/lib/api/problem';

/** Why a request was not carried out. Thrown anywhere below a door, which answers with it as `application/problem+json`. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly document: ProblemDocument;

  constructor(kind: ProblemKind, detail: string, problems?: ProblemDocument['problems']) {
    super(detail);
    this.document = problemDocument(kind, detail, problems);
  }
}

/** The value, or a refusal that says what there is none of: `flow 1f3c…`. */
export function found<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new Refusal('not-found', `There is no ${what}.`);
  return value;
}
