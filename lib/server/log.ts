import { pino } from 'pino';

/** What the server says about itself: JSON lines on stderr, warnings and worse unless LOG_LEVEL asks for more. */
export const log = pino(
  { level: process.env.LOG_LEVEL ?? 'warn' },
  pino.destination({ dest: 2, sync: false }),
);
