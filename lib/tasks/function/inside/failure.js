const longestName = 200;
const longestMessage = 8_000;

/**
 * What a thrown value means for the step: the error's name, what it says with the line that threw it, and the trace for the log.
 *
 * @param {unknown} thrown
 */
export function failureOf(thrown) {
  const where = traceOf(thrown);
  const [first] = where;
  const message = messageOf(thrown);
  const cause = first === undefined ? message : `${message} (line ${first.line})`;
  const error = nameOf(thrown);
  const trace = where.map(({ called, line, column }) => `    at ${called}line ${line}, column ${column}`);
  return {
    error,
    cause,
    trace: thrown instanceof Error ? [`${error}: ${message}`, ...trace].join('\n') : '',
  };
}

/**
 * A class of errors is known by its own name also where it does not set `name`.
 *
 * @param {unknown} thrown
 */
function nameOf(thrown) {
  const name = textAt(thrown, 'name');
  const made =
    thrown instanceof Error && name === 'Error' ? textAt(fieldOf(thrown, 'constructor'), 'name') : '';
  return (made || name || 'Error').slice(0, longestName);
}

/** @param {unknown} thrown */
function messageOf(thrown) {
  if (typeof thrown === 'string') return thrown.slice(0, longestMessage);
  const message = textAt(thrown, 'message');
  if (message !== '' || thrown instanceof Error) return message.slice(0, longestMessage);
  try {
    return (JSON.stringify(thrown) ?? String(thrown)).slice(0, longestMessage);
  } catch {
    return 'Something was thrown that cannot be shown.';
  }
}

/**
 * The places in the user's own code.
 *
 * @param {unknown} thrown
 */
function traceOf(thrown) {
  return textAt(thrown, 'stack')
    .split('\n')
    .flatMap((text) => {
      const found = /^\s*at (?:async )?(?:(.*?) \()?function\.js:(\d+):(\d+)\)?$/.exec(text);
      if (!found) return [];
      const [, called, line, column] = found;
      return [{ called: called === undefined ? '' : `${called}, `, line, column }];
    })
    .slice(0, 20);
}

/**
 * @param {unknown} value
 * @param {string} name
 */
function textAt(value, name) {
  const found = fieldOf(value, name);
  return typeof found === 'string' ? found : '';
}

/**
 * A field that may be a getter of the user's, who may throw in it.
 *
 * @param {unknown} value
 * @param {string} name
 * @returns {unknown}
 */
function fieldOf(value, name) {
  const holds = (typeof value === 'object' && value !== null) || typeof value === 'function';
  if (!holds) return undefined;
  try {
    return Reflect.get(value, name);
  } catch {
    return undefined;
  }
}
