import { hostname } from 'node:os';
import { Client, type QueryConfig, type QueryResult, type QueryResultRow } from 'pg';
import { OwnedElsewhere } from '@/lib/runner/journal-port';

/** First key of the advisory locks that owners hold; the second one is their fence, or 0 while owners change. */
const lockClass = 0x6d696c6c;
const queryTimeout = 30_000;
const byKey = '-c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off';
/** PostgreSQL lets go of an owner whose machine is gone after 25 seconds, and not after the two hours that are usual. */
const noticed = '-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3';

/**
 * The one connection that writes histories.
 *
 * O1 An owner has a row in journal_owner with a number that grows (the fence), and holds an advisory lock on it as long as
 *    this connection lives. Who can take that lock knows the owner is gone, and may delete its row.
 * O2 Each commit writes nothing where its owner's row is gone, so who was replaced cannot write. And nobody takes over between
 *    a commit's check and its end: the lock of O1 belongs to the session that commits, and outlives its transaction.
 * O3 After a lost connection the old session is ended before the lock is taken again: no commit is undecided after that.
 */
export class JournalConnection {
  private readonly connectionString: string;
  private client: Client | undefined;
  private lost: (reason: Error) => void = () => {};
  private fence: number | undefined;

  constructor(connectionString: string) {
    this.connectionString = connectionString;
  }

  connected(): boolean {
    return this.client !== undefined;
  }

  /** Calls the listener whenever the open connection breaks, also while nothing is asked of it. */
  onLost(listener: (reason: Error) => void): void {
    this.lost = listener;
  }

  /** The owner's number. Misuse before `open`. */
  owner(): number {
    if (this.fence === undefined) throw new Error('the journal was used before its connection was opened');
    return this.fence;
  }

  /** Connects and owns all executions; rejects with OwnedElsewhere, or with what the connection failed of. */
  async open(): Promise<'kept' | 'taken'> {
    this.drop();
    const client = await this.connect();
    try {
      const kept = this.fence !== undefined && (await this.reclaim(client, this.fence));
      if (!kept) this.fence = await own(client);
      await client.query(`SET application_name = 'millrace journal ${this.fence}'`);
      this.client = client;
      return kept ? 'kept' : 'taken';
    } catch (error) {
      client.end().catch(() => {});
      throw error;
    }
  }

  async query<Row extends QueryResultRow>(query: QueryConfig): Promise<QueryResult<Row>> {
    if (!this.client) throw new Error('the connection to the database is lost');
    return this.client.query<Row>(query);
  }

  /** Forgets the connection after a failure: whatever is still under way on it is not to be trusted. */
  drop(): void {
    this.client?.end().catch(() => {});
    this.client = undefined;
  }

  async close(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    if (!client) return;
    await client.query('DELETE FROM journal_owner WHERE fence = $1', [this.fence]).catch(() => {});
    await client.end();
  }

  private async connect(): Promise<Client> {
    const client = new Client({
      connectionString: this.connectionString,
      application_name: 'millrace journal',
      // A step is not recorded before it is on disk, whatever the database's default is.
      // The few statements are planned once: planning anew for each list would cost more than writing it.
      // They find every row by its key: a plan made while the tables were small must not read them whole for ever.
      options: `-c synchronous_commit=on -c plan_cache_mode=force_generic_plan ${byKey} ${noticed}`,
      keepAlive: true,
      // A commit is sent while the one before it is written; PostgreSQL does them in order, each in its own transaction.
      pipeline: true,
      query_timeout: queryTimeout,
      connectionTimeoutMillis: 5_000,
    });
    const lost = (reason: Error) => {
      if (this.client !== client) return;
      this.client = undefined;
      this.lost(reason);
    };
    client.on('error', lost);
    client.on('end', () => lost(new Error('PostgreSQL has closed the connection')));
    await client.connect();
    return client;
  }

  /** O3. False where another owner has come in between. */
  private async reclaim(client: Client, fence: number): Promise<boolean> {
    await client.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1 AND datname = current_database()',
      [`millrace journal ${fence}`],
    );
    await client.query('SELECT pg_advisory_lock($1, $2)', [lockClass, fence]);
    const { rowCount } = await client.query('SELECT FROM journal_owner WHERE fence = $1', [fence]);
    return rowCount === 1;
  }
}

/** Takes all shards over from nobody or from owners that are gone; one process at a time is let in here. */
async function own(client: Client): Promise<number> {
  await client.query('BEGIN');
  try {
    await client.query('SELECT pg_advisory_xact_lock($1, 0)', [lockClass]);
    const { rows: others } = await client.query<{
      fence: number;
      host: string;
      process: number;
      gone: boolean;
    }>(
      `SELECT fence::int, host, process, pg_try_advisory_xact_lock($1, fence::int) AS gone FROM journal_owner`,
      [lockClass],
    );
    const living = others.find((owner) => !owner.gone);
    if (living)
      throw new OwnedElsewhere(
        `Another Millrace (process ${living.process} on ${living.host}) runs the executions of this database; this one waits until it ends.`,
      );
    await client.query('DELETE FROM journal_owner');
    const { rows } = await client.query<{ fence: number }>(
      'INSERT INTO journal_owner(host, process) VALUES ($1, $2) RETURNING fence::int',
      [hostname(), process.pid],
    );
    const fence = rows[0]?.fence;
    if (fence === undefined) throw new Error('the database gave the new owner no number');
    await client.query('SELECT pg_advisory_lock($1, $2)', [lockClass, fence]);
    await client.query('UPDATE shard SET fence = $1', [fence]);
    await client.query('COMMIT');
    return fence;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {});
    throw error;
  }
}
