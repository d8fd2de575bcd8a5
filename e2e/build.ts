import { fileURLToPath } from 'node:url';
import { buildWhenNeeded } from '@/scripts/start/build';

/** Once before all tests, so that the servers of the workers find the pages built. */
// biome-ignore lint/style/noDefaultExport: Playwright calls what the file exports by default
export default async function build(): Promise<void> {
  await buildWhenNeeded(fileURLToPath(new URL('..', import.meta.url)), (text) => console.log(text));
}
