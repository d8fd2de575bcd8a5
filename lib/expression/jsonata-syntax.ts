import { jsonata } from './generated/jsonata';
import { type Reads, readsOf } from './jsonata-reads';
import { ExpressionSyntaxError } from './syntax';

export interface ParsedExpression {
  /** The text between `{%` and `%}`, trimmed. */
  readonly source: string;
  /** The interpreter's own tree. */
  readonly syntax: unknown;
  readonly reads: Reads;
}

/** Parses `{% … %}`. Columns count from the `{`. Throws ExpressionSyntaxError. */
export function parseExpression(text: string): ParsedExpression {
  const inner = text.slice(2, -2);
  const source = inner.trim();
  const offset = 2 + inner.length - inner.trimStart().length;
  const syntax = parse(source, offset);
  const reads = readsOf(syntax);
  if (reads.rootAccess !== undefined) {
    const { token, end } = reads.rootAccess;
    throw new ExpressionSyntaxError(
      `${token} reads from an input document, and there is none: write $states.input, or a variable such as $name`,
      offset + Math.max(0, end - token.length) + 1,
    );
  }
  return { source, syntax, reads };
}

function parse(source: string, offset: number): unknown {
  try {
    return jsonata.core.parser(source);
  } catch (error) {
    throw syntaxError(error, source, offset);
  }
}

/** The interpreter reports the position behind the token at fault. */
function syntaxError(error: unknown, source: string, offset: number): unknown {
  if (typeof error !== 'object' || error === null) return error;
  jsonata.core.populateMessage(error);
  const position = 'position' in error && typeof error.position === 'number' ? error.position : source.length;
  const token = 'token' in error ? String(error.token) : '';
  const length = token === '(end)' ? 0 : token.length;
  const message = 'message' in error ? String(error.message) : 'this is no JSONata';
  return new ExpressionSyntaxError(message, offset + Math.max(0, position - length) + 1);
}
