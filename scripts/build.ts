/** `npm run build`: builds the pages as `npm start` would, unless they are built of the same sources already. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildWhenNeeded } from './start/build';
import { plainly } from './start/plainly';

try {
  const projectFolder = join(dirname(fileURLToPath(import.meta.url)), '..');
  await buildWhenNeeded(projectFolder, (text) => console.log(text));
  console.log('The pages are built.');
} catch (error) {
  console.error(plainly(error));
  process.exitCode = 1;
}
