import { pino } from 'pino';

/**
 * What the server says about itself: JSON lines on stderr, warnings and worse unless LOG_LEVEL asks for more. Of an error only
 * what says where it came from: what else a library hangs on it may hold values of people's flows.
 */
export const log = pino(
  { level: process.env.LOG_LEVEL || 'warn', serializers: { error: shown } },
  pino.destination({ dest: 2, sync: false }),
);

function shown(error: unknown): unknown {
  if (!(error instanceof Error)) return String(error);
  const { name, message, stack } = error;
  return { name, message, stack, ...('code' in error ? { code: error.code } : {}) };
}
