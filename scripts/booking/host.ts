import { join } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import { openExamples } from '../start/examples';

/** A process that starts the services as `npm start` does, for a test to kill; it says where they listen. */
const [, , databaseUrl = ''] = argv;
const projectFolder = join(fileURLToPath(import.meta.url), '..', '..', '..');
await openExamples({ projectFolder, databaseUrl, progress: console.error }).settled;
console.log(process.env.MILLRACE_BOOKING);
