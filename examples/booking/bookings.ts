import { Pool, type PoolClient } from 'pg';
import { bookingFailure, type Failures, failingCancellations, type Order } from './order';

/** A place in a train or on a flight, or a room: kept under the key that the client chose for it. */
export interface Booking {
  readonly key: string;
  readonly number: string;
  readonly order: string;
  readonly traveller: string;
  readonly status: 'booked' | 'cancelled';
  readonly details: Order['details'];
  readonly bookedAt: string;
  readonly cancelledAt: string | null;
}

export type Booked =
  | {
      readonly kind: 'booked';
      readonly booking: Booking;
      readonly isReplay: boolean;
      readonly isLost: boolean;
    }
  | { readonly kind: 'unavailable' | 'sold-out' | 'cancelled' | 'key-reused' };

export type Cancelled =
  /** `booking` is null where nothing had been booked under the key; from now on nothing will be. */
  { readonly kind: 'cancelled'; readonly booking: Booking | null } | { readonly kind: 'unavailable' };

interface Row {
  readonly key: string;
  readonly number: string;
  readonly status: 'booked' | 'cancelled' | 'void';
  readonly request: Order | null;
  readonly booked_at: Date;
  readonly cancelled_at: Date | null;
}

export interface Settings extends Failures {
  readonly healthy: boolean;
  /** Null before the first start. */
  readonly port: number | null;
}

type Changes<Of> = { readonly [Name in keyof Of]?: Of[Name] | undefined };

/** The tables of one service, in a schema of its own. */
export class Bookings {
  private readonly pool: Pool;
  private readonly schema: string;
  private readonly prefix: string;
  private known: Settings | undefined;

  constructor(databaseUrl: string, { schema, prefix }: { schema: string; prefix: string }) {
    this.schema = schema;
    this.prefix = prefix;
    this.pool = new Pool({
      connectionString: databaseUrl,
      max: 4,
      application_name: schema,
      options: `-c search_path=${schema}`,
    });
    // A connection that breaks is replaced by the pool; whoever uses one is told by the query itself.
    this.pool.on('error', () => {});
  }

  /** Makes the tables where they are missing. */
  async open(): Promise<void> {
    await this.transaction(async (client) => {
      await client.query('SELECT pg_advisory_xact_lock(hashtext($1))', [this.schema]);
      await client.query(`CREATE SCHEMA IF NOT EXISTS ${this.schema}`);
      await client.query(tables);
      await client.query('INSERT INTO setting DEFAULT VALUES ON CONFLICT DO NOTHING');
    });
  }

  /**
   * Books once per key. Requests with the same key wait for each other, so the second one finds what the first one did; a
   * booking that was cancelled before it arrived is not made any more.
   */
  async book(key: string, order: Order, chance: { readonly soldOut: boolean }): Promise<Booked> {
    return this.transaction(async (client) => {
      const tries = await countTry(client, key, 'bookings');
      const there = await find(client, key, order);
      if (there !== undefined) return this.again(there);
      const failure = bookingFailure(order);
      if (failure === 'always' || chance.soldOut) return { kind: 'sold-out' };
      if (failure === 'unavailable' || (typeof failure === 'number' && tries <= failure))
        return { kind: 'unavailable' };
      const { rows } = await client.query<Row>(
        `INSERT INTO booking (key, order_name, status, request) VALUES ($1, $2, 'booked', $3) RETURNING *`,
        [key, order.order, order],
      );
      return {
        kind: 'booked',
        booking: this.bookingOf(one(rows)),
        isReplay: false,
        isLost: failure === 'lost-answer',
      };
    });
  }

  private again(row: Row & { readonly same: boolean }): Booked {
    if (row.status !== 'booked') return { kind: 'cancelled' };
    if (!row.same) return { kind: 'key-reused' };
    return { kind: 'booked', booking: this.bookingOf(row), isReplay: true, isLost: false };
  }

  /** Cancels what was booked under the key, and whatever may still arrive with it. Any number of times comes to the same. */
  async cancel(key: string): Promise<Cancelled> {
    return this.transaction(async (client) => {
      const tries = await countTry(client, key, 'cancellations');
      const row = await find(client, key);
      if (row === undefined) {
        await client.query(
          `INSERT INTO booking (key, order_name, status, cancelled_at) VALUES ($1, '', 'void', now())`,
          [key],
        );
      }
      if (row === undefined || row.request === null) return { kind: 'cancelled', booking: null };
      if (row.status === 'cancelled') return { kind: 'cancelled', booking: this.bookingOf(row) };
      if (tries <= failingCancellations(row.request)) return { kind: 'unavailable' };
      const { rows } = await client.query<Row>(
        `UPDATE booking SET status = 'cancelled', cancelled_at = clock_timestamp() WHERE key = $1 RETURNING *`,
        [key],
      );
      return { kind: 'cancelled', booking: this.bookingOf(one(rows)) };
    });
  }

  async find(key: string): Promise<Booking | undefined> {
    const { rows } = await this.pool.query<Row>(
      'SELECT * FROM booking WHERE key = $1 AND request IS NOT NULL',
      [key],
    );
    return rows[0] && this.bookingOf(rows[0]);
  }

  /** In the order of their numbers, from `after` on. */
  async list(filter: {
    readonly order: string | null;
    readonly status: string | null;
    readonly after: number;
    readonly limit: number;
  }): Promise<readonly Booking[]> {
    const { rows } = await this.pool.query<Row>(
      `SELECT * FROM booking
       WHERE request IS NOT NULL AND number > $1 AND ($2::text IS NULL OR order_name = $2) AND ($3::text IS NULL OR status = $3)
       ORDER BY number LIMIT $4`,
      [filter.after, filter.order, filter.status, filter.limit],
    );
    return rows.map((row) => this.bookingOf(row));
  }

  /** The newest first. */
  async newest(limit: number): Promise<readonly Booking[]> {
    const { rows } = await this.pool.query<Row>(
      'SELECT * FROM booking WHERE request IS NOT NULL ORDER BY number DESC LIMIT $1',
      [limit],
    );
    return rows.map((row) => this.bookingOf(row));
  }

  /** How it is told to behave. Kept in memory, as every request asks; only this process writes the table. */
  async settings(): Promise<Settings> {
    this.known ??= await this.write('UPDATE setting SET single = single');
    return this.known;
  }

  async setHealth(healthy: boolean): Promise<void> {
    this.known = await this.write('UPDATE setting SET healthy = $1', [healthy]);
  }

  async setFailures({ rate, soldOut, lostAnswer }: Changes<Failures>): Promise<void> {
    this.known = await this.write(
      'UPDATE setting SET rate = coalesce($1, rate), sold_out = coalesce($2, sold_out), lost_answer = coalesce($3, lost_answer)',
      [rate, soldOut, lostAnswer],
    );
  }

  async rememberPort(port: number): Promise<void> {
    this.known = await this.write('UPDATE setting SET port = $1', [port]);
  }

  private async write(statement: string, values: unknown[] = []): Promise<Settings> {
    const { rows } = await this.pool.query<Settings>(
      `${statement} RETURNING healthy, rate, sold_out AS "soldOut", lost_answer AS "lostAnswer", port`,
      values,
    );
    return one(rows);
  }

  async close(): Promise<void> {
    await this.pool.end();
  }

  private async transaction<Result>(work: (client: PoolClient) => Promise<Result>): Promise<Result> {
    const client = await this.pool.connect();
    let broken: unknown;
    try {
      await client.query('BEGIN');
      const result = await work(client);
      await client.query('COMMIT');
      return result;
    } catch (error) {
      broken = error;
      throw error;
    } finally {
      // A connection in an unknown state is closed, which rolls back what it had begun.
      client.release(broken !== undefined);
    }
  }

  private bookingOf(row: Row): Booking {
    const { key, number, status, request } = row;
    if (request === null || status === 'void') throw new Error(`nothing was booked under the key ${key}`);
    const { order, traveller, details } = request;
    return {
      key,
      number: `${this.prefix}-${number}`,
      order,
      traveller,
      status,
      details,
      bookedAt: row.booked_at.toISOString(),
      cancelledAt: row.cancelled_at?.toISOString() ?? null,
    };
  }
}

const tables = `
  CREATE TABLE IF NOT EXISTS booking (
    key text PRIMARY KEY,
    number bigint GENERATED ALWAYS AS IDENTITY (START WITH 1001) UNIQUE,
    order_name text NOT NULL,
    status text NOT NULL CHECK (status IN ('booked', 'cancelled', 'void')),
    request jsonb,
    booked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    cancelled_at timestamptz
  );
  CREATE INDEX IF NOT EXISTS booking_order ON booking (order_name);
  CREATE TABLE IF NOT EXISTS attempt (
    key text PRIMARY KEY,
    bookings integer NOT NULL DEFAULT 0,
    cancellations integer NOT NULL DEFAULT 0
  );
  CREATE TABLE IF NOT EXISTS setting (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    healthy boolean NOT NULL DEFAULT true,
    rate float8 NOT NULL DEFAULT 0,
    sold_out float8 NOT NULL DEFAULT 0,
    lost_answer float8 NOT NULL DEFAULT 0,
    port integer
  );`;

/** Counts this try and holds the key until the transaction ends: two writers with one key come one after the other. */
async function countTry(
  client: PoolClient,
  key: string,
  what: 'bookings' | 'cancellations',
): Promise<number> {
  const { rows } = await client.query<{ tries: number }>(
    `INSERT INTO attempt AS a (key, ${what}) VALUES ($1, 1)
     ON CONFLICT (key) DO UPDATE SET ${what} = a.${what} + 1 RETURNING ${what} AS tries`,
    [key],
  );
  return one(rows).tries;
}

async function find(
  client: PoolClient,
  key: string,
  order?: Order,
): Promise<(Row & { readonly same: boolean }) | undefined> {
  const { rows } = await client.query<Row & { same: boolean }>(
    'SELECT *, request IS NOT DISTINCT FROM $2::jsonb AS same FROM booking WHERE key = $1',
    [key, order ?? null],
  );
  return rows[0];
}

function one<Value>(rows: readonly Value[]): Value {
  const [row] = rows;
  if (row === undefined) throw new Error('a statement that always returns a row returned none');
  return row;
}
