import { waitsFor } from './about';
import { answerBeforeNext } from './front';
import { logHealth } from './health-log';
import { setHosted } from './hosted';
import { openWorldOnce } from './world';

/** Opens the engine and everything around it in this process. Called once, when Next starts. */
export function openServer(): void {
  const databaseUrl = process.env.DATABASE_URL;
  if (databaseUrl === undefined) throw new Error('DATABASE_URL is not set: start Millrace with `npm start`');
  const world = openWorldOnce({ databaseUrl, dataFolder: process.env.MILLRACE_DATA || '.millrace' });
  const stillReady = () => waitsFor(world.runner.health());
  const endLog = logHealth(stillReady);
  setHosted({
    answerBeforeNext: (request, response) => answerBeforeNext(world, request, response),
    waitsFor: stillReady,
    close: () => {
      endLog();
      return world.close();
    },
  });
}
