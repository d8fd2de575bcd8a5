import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { codeOf, Unstartable } from './unstartable';

/** One folder of prisma/migrations. */
interface Migration {
  readonly name: string;
  readonly sql: string;
  /** As Prisma computes it, so that its own tools accept what was applied here. */
  readonly checksum: string;
}

interface Applied {
  readonly migration_name: string;
  readonly checksum: string;
}

/** Prisma's own table of what was applied, as its schema engine creates it. */
const bookkeeping = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" VARCHAR(36) PRIMARY KEY NOT NULL,
  "checksum" VARCHAR(64) NOT NULL,
  "finished_at" TIMESTAMPTZ,
  "migration_name" VARCHAR(255) NOT NULL,
  "logs" TEXT,
  "rolled_back_at" TIMESTAMPTZ,
  "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
  "applied_steps_count" INTEGER NOT NULL DEFAULT 0
)`;

const oldestPostgres = 140_000;

/**
 * Brings the database to the newest schema: all missing migrations in one transaction, so that a crash or an error leaves
 * it as it was. A lock lets only one process at a time migrate. Returns the names applied. Throws `Unstartable`.
 */
export async function migrate(databaseUrl: string, folder: string): Promise<readonly string[]> {
  const migrations = migrationsIn(folder);
  const client = await connect(databaseUrl);
  try {
    await client.query('BEGIN');
    await client.query("SELECT pg_advisory_xact_lock(hashtext('millrace migrations'))");
    const missing = missingFrom(await appliedIn(client), migrations);
    if (missing.length > 0) await client.query(bookkeeping);
    for (const migration of missing) await apply(client, migration);
    await mustBeWritable(client);
    await client.query('COMMIT');
    return missing.map((migration) => migration.name);
  } catch (error) {
    throw error instanceof Unstartable ? error : new Unstartable(whyUnusable(error, placeOf(databaseUrl)));
  } finally {
    await client.end();
  }
}

function migrationsIn(folder: string): Migration[] {
  const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return names
    .map(({ name }) => {
      const sql = readFileSync(join(folder, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function connect(databaseUrl: string): Promise<Client> {
  const place = placeOf(databaseUrl);
  const client = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  client.on('error', () => {});
  try {
    await client.connect();
  } catch (error) {
    throw new Unstartable(whyNoConnection(error, place));
  }
  const { rows } = await client.query<{ server_version_num: string }>('SHOW server_version_num');
  if (Number(rows[0]?.server_version_num) >= oldestPostgres) return client;
  await client.end();
  throw new Unstartable(`The PostgreSQL at ${place} is too old. Millrace needs PostgreSQL 14 or newer.`);
}

function placeOf(databaseUrl: string): string {
  if (!URL.canParse(databaseUrl) || !/^postgres(ql)?:/.test(databaseUrl)) {
    throw new Unstartable(
      'DATABASE_URL is not the address of a PostgreSQL. It looks like postgresql://user:password@host:5432/database.',
    );
  }
  const url = new URL(databaseUrl);
  return `${decodeURIComponent(url.host)}${url.pathname}`;
}

function whyNoConnection(error: unknown, place: string): string {
  const said = error instanceof Error && error.message !== '' ? error.message : codeOf(error);
  switch (codeOf(error)) {
    case '28P01':
    case '28000':
      return `PostgreSQL at ${place} refuses the user or the password in DATABASE_URL (${said}). Correct it and start again.`;
    case '3D000':
      return `PostgreSQL at ${place} has no such database (${said}). Create it, or correct DATABASE_URL.`;
    case '42501':
      return `The user in DATABASE_URL may not connect to ${place} (${said}). Give it the right to, or name another one.`;
    case '53300':
      return `PostgreSQL at ${place} takes no more connections (${said}). Raise its max_connections, or end some, then start again.`;
  }
  if (error instanceof Error && /must be a string/.test(error.message)) {
    return `PostgreSQL at ${place} asks for a password, and DATABASE_URL has none. Write it as postgresql://user:password@host:5432/database.`;
  }
  return `PostgreSQL at ${place} cannot be reached (${said}). Start it, or correct DATABASE_URL; without DATABASE_URL Millrace brings its own.`;
}

/** A user that may only read could start, but no execution could. */
async function mustBeWritable(client: Client): Promise<void> {
  // Nothing is written, but whether it might be is checked.
  await client.query('INSERT INTO execution SELECT * FROM execution WHERE false');
  await client.query('INSERT INTO journal SELECT * FROM journal WHERE false');
}

function whyUnusable(error: unknown, place: string): string {
  const said = error instanceof Error ? error.message : String(error);
  switch (codeOf(error)) {
    case '42501':
      return `The user in DATABASE_URL may not do enough in ${place} (${said}). Let it own the database, or name a user that does.`;
    case '25006':
      return `The database ${place} can only be read (${said}). Millrace writes every step: name one in DATABASE_URL that can be written.`;
    case '53100':
      return `The disk of the database ${place} is full (${said}). Make room there, then start again.`;
    default:
      return `The database ${place} could not be brought up to date, and was left as it was (${said}). Millrace needs a database of its own: check DATABASE_URL.`;
  }
}

async function appliedIn(client: Client): Promise<Applied[]> {
  const { rows: tables } = await client.query<{ known: boolean }>(
    `SELECT to_regclass('"_prisma_migrations"') IS NOT NULL AS known`,
  );
  if (tables[0]?.known !== true) return [];
  const { rows } = await client.query<Applied>(
    'SELECT migration_name, checksum FROM "_prisma_migrations" WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
  );
  return rows;
}

function missingFrom(applied: readonly Applied[], migrations: readonly Migration[]): Migration[] {
  const known = new Map(migrations.map((migration) => [migration.name, migration.checksum]));
  for (const { migration_name: name, checksum } of applied) {
    if (!known.has(name)) {
      throw new Unstartable(
        `The database was last used by a newer Millrace (it has the migration ${name}, which this one does not know). Update Millrace, or use another database or data folder.`,
      );
    }
    if (known.get(name) !== checksum) {
      throw new Unstartable(
        `The database was made by another build of Millrace (its migration ${name} differs from ours). Use that build, or another database or data folder.`,
      );
    }
  }
  const done = new Set(applied.map((row) => row.migration_name));
  return migrations.filter((migration) => !done.has(migration.name));
}

async function apply(client: Client, { name, sql, checksum }: Migration): Promise<void> {
  await client.query(sql);
  await client.query(
    `INSERT INTO "_prisma_migrations" (id, checksum, finished_at, migration_name, started_at, applied_steps_count)
     VALUES ($1, $2, now(), $3, now(), 1)`,
    [randomUUID(), checksum, name],
  );
}
