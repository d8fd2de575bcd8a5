/** An expression that cannot be compiled: what is wrong, and where in its text (one-based). */
export class ExpressionSyntaxError extends Error {
  override readonly name = 'ExpressionSyntaxError';
  readonly column: number;

  constructor(message: string, column: number) {
    super(message);
    this.column = column;
  }
}

const deepest = 100;

/** A place in a text that is being parsed. Positions are zero-based, columns in errors one-based. */
export class Cursor {
  readonly text: string;
  at: number;
  private depth = 0;

  constructor(text: string, at = 0) {
    this.text = text;
    this.at = at;
  }

  /** The character here, `''` at the end. */
  peek(ahead = 0): string {
    return this.text.charAt(this.at + ahead);
  }

  get done(): boolean {
    return this.at >= this.text.length;
  }

  skipBlanks(): void {
    while (/\s/.test(this.peek())) this.at += 1;
  }

  /** Steps over `token` if it stands here. */
  take(token: string): boolean {
    if (!this.text.startsWith(token, this.at)) return false;
    this.at += token.length;
    return true;
  }

  /** Steps over `token`, or fails saying that it was expected. */
  expect(token: string): void {
    if (!this.take(token)) this.fail(`expected ${token} but found ${this.peek() || 'the end'}`);
  }

  /** Steps over what the sticky pattern matches here, and gives it. */
  match(sticky: RegExp): string | undefined {
    sticky.lastIndex = this.at;
    const found = sticky.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  /** Parses something inside of something of its kind, which may go on for a while but not for ever. */
  nested<Result>(parse: () => Result): Result {
    this.depth += 1;
    if (this.depth > deepest) this.fail(`this is nested more than ${deepest} deep`);
    const parsed = parse();
    this.depth -= 1;
    return parsed;
  }

  fail(message: string, at = this.at): never {
    throw new ExpressionSyntaxError(message, at + 1);
  }
}
