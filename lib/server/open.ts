import { waitsFor } from './about';
import { setHosted } from './hosted';
import { handleStream } from './stream';
import { openWorldOnce } from './world';

/** Opens the engine and everything around it in this process. Called once, when Next starts. */
export function openServer(): void {
  const databaseUrl = process.env.DATABASE_URL;
  if (databaseUrl === undefined) throw new Error('DATABASE_URL is not set: start Millrace with `npm start`');
  const world = openWorldOnce(databaseUrl);
  setHosted({
    handleStream: (request, response) => handleStream(world, request, response),
    waitsFor: () => waitsFor(world.runner.health()),
    close: world.close,
  });
}
