import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { Agent } from 'undici';
import { openTestDatabase } from '@/lib/store/test-database';

/**
 * What no engine can be faster than here: a server that commits one row for each POST, then calls the address in its body, and
 * does nothing else. This file is also the program of its process.
 */
export interface Bare {
  readonly url: string;
  readonly close: () => Promise<void>;
}

export async function openBare(): Promise<Bare> {
  const database = await openTestDatabase();
  await database.sql('CREATE TABLE bare (id bigserial PRIMARY KEY, events text)');
  const child = spawn(process.execPath, ['--import', 'tsx', fileURLToPath(import.meta.url), database.url], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const port = await new Promise<unknown>((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', (code) => reject(new Error(`the bare server ended with ${code}`)));
  });
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill();
      await gone;
      await database.close();
    },
  };
}

async function serve(databaseUrl: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl, options: '-c synchronous_commit=on' });
  await client.connect();
  const agent = new Agent();
  const events = 'x'.repeat(420);
  const server = createServer(async (request, response) => {
    const { input } = JSON.parse(await text(request));
    await client.query({ name: 'bare', text: 'INSERT INTO bare (events) VALUES ($1)', values: [events] });
    const called = agent.request({ origin: input.service, path: input.key, method: 'GET' });
    response.writeHead(201, { 'content-type': 'application/json' }).end('{}');
    await (await called).body.dump();
  });
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    process.send?.(typeof address === 'object' ? address?.port : undefined);
  });
}

const [, program, databaseUrl] = process.argv;
if (program === fileURLToPath(import.meta.url) && databaseUrl !== undefined) await serve(databaseUrl);
