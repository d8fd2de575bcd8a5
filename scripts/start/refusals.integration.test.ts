import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '@/lib/store/test-database';
import { processesOf, saidBy, startMillrace } from './started';

/** Each of these is told before anything slow begins: no pages are built for it. */
const patience = 120_000;

let folder = '';
let database: TestDatabase;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'millrace-refused-'));
  chmodSync(folder, 0o755);
  database = await openTestDatabase();
}, patience);

afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The one sentence that it prints before it ends; fails where there is more than one line, or a trace. */
async function refusal(
  environment: Record<string, string>,
  dataFolder = join(folder, 'unused'),
): Promise<string> {
  const started = startMillrace({ dataFolder, environment });
  expect(await started.exited).toBe(1);
  const said = saidBy(started);
  expect(said).toHaveLength(1);
  expect(said[0]).not.toMatch(/\n {4}at /);
  expect(processesOf(dataFolder)).toEqual([]);
  return said[0] ?? '';
}

/** The test's own database as another user, or with another name. */
function urlWith(change: (url: URL) => void): string {
  const url = new URL(database.url);
  change(url);
  return url.href;
}

describe('one sentence says why it does not start', { timeout: patience }, () => {
  it.for([
    ['PORT', 'eighty', 'PORT is "eighty", which is no port. Set it to a number from 1 to 65535.'],
    ['PORT', '70000', 'PORT is "70000", which is no port. Set it to a number from 1 to 65535.'],
    ['PORT', '-1', 'PORT is "-1", which is no port. Set it to a number from 1 to 65535.'],
    [
      'LOG_LEVEL',
      'loud',
      'LOG_LEVEL is "loud", which is no level. Set it to one of trace, debug, info, warn, error, fatal, silent.',
    ],
    [
      'HOST',
      '203.0.113.7',
      'HOST is "203.0.113.7", which is no address of this machine. Set it to 127.0.0.1 for this machine alone, or to 0.0.0.0 for all who can reach it.',
    ],
    [
      'DATABASE_URL',
      'mysql://localhost/x',
      'DATABASE_URL is not the address of a PostgreSQL. It looks like postgresql://user:password@host:5432/database.',
    ],
    [
      'DATABASE_URL',
      'not an address',
      'DATABASE_URL is not the address of a PostgreSQL. It looks like postgresql://user:password@host:5432/database.',
    ],
  ] as const)('[S5] %s=%s', async ([name, value, sentence]) => {
    expect(await refusal({ [name]: value })).toBe(sentence);
  });

  it('[S5] a port that another program has', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const said = await refusal({ PORT: String(port) });
    await new Promise((resolve) => other.close(resolve));
    expect(said).toBe(
      `Port ${port} on 127.0.0.1 is in use by another program. Stop that one, or choose another port: PORT=${port + 1} npm start.`,
    );
  });

  it('[S5] a data folder that is a file, or cannot be made', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    expect(await refusal({}, file)).toBe(
      `${file} cannot be the data folder, as it is a file or lies in one. Set MILLRACE_DATA to a folder.`,
    );
    expect(await refusal({}, join(file, 'below'))).toBe(
      `${join(file, 'below')} cannot be the data folder, as it is a file or lies in one. Set MILLRACE_DATA to a folder.`,
    );
    expect(await refusal({}, '/proc/millrace')).toBe(
      'The data folder /proc/millrace cannot be made there. Set MILLRACE_DATA to another folder.',
    );
  });

  it('[S5] database files of another major version of PostgreSQL', async () => {
    const data = join(folder, 'newer', 'postgres', 'data');
    mkdirSync(data, { recursive: true });
    writeFileSync(join(data, 'PG_VERSION'), '19\n');
    expect(await refusal({}, join(folder, 'newer'))).toBe(
      `The database in ${join(folder, 'newer', 'postgres')} was made by PostgreSQL 19, and this Millrace brings PostgreSQL 18. Use the Millrace that made it, or set MILLRACE_DATA to another folder.`,
    );
  });

  it('[S5] a note of a database that is gone', async () => {
    const dataFolder = join(folder, 'noted');
    mkdirSync(dataFolder);
    writeFileSync(join(dataFolder, 'postgres-is-in'), '/var/lib/millrace/data-gone\n');
    expect(await refusal({}, dataFolder)).toContain(
      'was in /var/lib/millrace/data-gone, which is not there any more',
    );
  });
});

describe('one sentence says what is wrong with DATABASE_URL, and no password is in it', {
  timeout: patience,
}, () => {
  it('[S6] nobody listens there', async () => {
    const said = await refusal({ DATABASE_URL: 'postgresql://me:hidden@127.0.0.1:1/flows' });
    expect(said).toBe(
      'PostgreSQL at 127.0.0.1:1/flows cannot be reached (connect ECONNREFUSED 127.0.0.1:1). Start it, or correct DATABASE_URL; without DATABASE_URL Millrace brings its own.',
    );
  });

  it('[S6] a host that does not exist', async () => {
    const said = await refusal({ DATABASE_URL: 'postgresql://me:hidden@no-such-host.invalid/flows' });
    expect(said).toMatch(
      /^PostgreSQL at no-such-host\.invalid\/flows cannot be reached \(.+\)\. Start it, or correct/,
    );
    expect(said).not.toContain('hidden');
  });

  it('[S6] a wrong password', async () => {
    const said = await refusal({
      DATABASE_URL: urlWith((url) => Object.assign(url, { password: 'hidden' })),
    });
    expect(said).toMatch(
      /refuses the user or the password in DATABASE_URL \(.+\)\. Correct it and start again\.$/,
    );
    expect(said).not.toContain('hidden');
  });

  it('[S6] no password where one is asked for', async () => {
    const said = await refusal({ DATABASE_URL: urlWith((url) => Object.assign(url, { password: '' })) });
    expect(said).toMatch(/asks for a password, and DATABASE_URL has none\./);
  });

  it('[S6] a database that is not there', async () => {
    const said = await refusal({
      DATABASE_URL: urlWith((url) => Object.assign(url, { pathname: '/nowhere' })),
    });
    expect(said).toMatch(/has no such database \(.+\)\. Create it, or correct DATABASE_URL\.$/);
  });

  it('[S6] a user that may only read', async () => {
    await database.sql(`CREATE ROLE reader LOGIN PASSWORD 'hidden'`);
    await database.sql('GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader');
    const url = urlWith((at) => Object.assign(at, { username: 'reader', password: 'hidden' }));
    const said = await refusal({ DATABASE_URL: url });
    expect(said).toMatch(
      /^The user in DATABASE_URL may not do enough in .+ Let it own the database, or name a user that does\.$/,
    );
    expect(said).not.toContain('hidden');
  });

  it('[S6] a database that can only be read', async () => {
    await database.sql(`CREATE ROLE standby LOGIN PASSWORD 'hidden' IN ROLE millrace`);
    await database.sql(`ALTER ROLE standby SET default_transaction_read_only = on`);
    const url = urlWith((at) => Object.assign(at, { username: 'standby', password: 'hidden' }));
    expect(await refusal({ DATABASE_URL: url })).toMatch(
      /can only be read \(.+\)\. Millrace writes every step/,
    );
  });

  it('[S6] a database that a newer Millrace has used', async () => {
    await database.sql('CREATE DATABASE newer TEMPLATE millrace');
    const url = urlWith((at) => Object.assign(at, { pathname: '/newer' }));
    const { Client } = await import('pg');
    const client = new Client({ connectionString: url });
    await client.connect();
    await client.query(
      `INSERT INTO "_prisma_migrations" (id, checksum, finished_at, migration_name) VALUES ('1', 'x', now(), '9999_later')`,
    );
    await client.end();
    expect(await refusal({ DATABASE_URL: url })).toBe(
      'The database was last used by a newer Millrace (it has the migration 9999_later, which this one does not know). Update Millrace, or use another database or data folder.',
    );
  });

  it('[S6] a database that holds tables of something else', async () => {
    await database.sql('CREATE DATABASE shop');
    const url = urlWith((at) => Object.assign(at, { pathname: '/shop' }));
    const { Client } = await import('pg');
    const client = new Client({ connectionString: url });
    await client.connect();
    await client.query('CREATE TABLE execution (id int)');
    await client.end();
    expect(await refusal({ DATABASE_URL: url })).toMatch(
      /Millrace needs a database of its own: check DATABASE_URL\.$/,
    );
  });
});
