import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { type Cluster, clusterIn } from './embedded-cluster';
import { type Address, addressOf, endPostgres, type Postgres, spawnPostgres } from './embedded-process';
import { codeOf, Unstartable } from './unstartable';

export interface EmbeddedPostgres {
  /** Connection string of the database `millrace`; stays the same while PostgreSQL is restarted. */
  readonly url: string;
  /** Process id of the PostgreSQL that runs now. */
  readonly pid: () => number | undefined;
  /** Ends PostgreSQL and resolves once it is gone. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts a PostgreSQL of our own whose files live in the data folder (which exists and is ours alone), and starts it again
 * whenever it ends without being asked. When `signal` is aborted meanwhile, nothing of it stays behind. Throws `Unstartable`.
 */
export async function openEmbeddedPostgres(
  dataFolder: string,
  progress: (text: string) => void = () => {},
  signal?: AbortSignal,
): Promise<EmbeddedPostgres> {
  const cluster = await clusterIn(dataFolder, progress, signal);
  const address = await addressOf(cluster);
  const kept = new KeptAlive(cluster, address, progress);
  try {
    const late = setTimeout(() => progress('PostgreSQL takes up what a crash left in its log …'), patience);
    await kept.start(signal).finally(() => clearTimeout(late));
    await createDatabase(cluster, address);
    signal?.throwIfAborted();
  } catch (error) {
    await kept.stop();
    throw error;
  }
  return { url: urlOf(cluster, address, 'millrace'), pid: () => kept.pid(), stop: () => kept.stop() };
}

const patience = 5_000;

/** One PostgreSQL from start to stop, over as many processes as that takes. */
class KeptAlive {
  private readonly cluster: Cluster;
  private readonly address: Address;
  private readonly tell: (text: string) => void;
  private postgres: Postgres | undefined;
  private stopping = false;
  private restarting: Promise<void> = Promise.resolve();

  constructor(cluster: Cluster, address: Address, tell: (text: string) => void) {
    this.cluster = cluster;
    this.address = address;
    this.tell = tell;
  }

  async start(signal?: AbortSignal): Promise<void> {
    const postgres = await spawnPostgres(this.cluster, this.address, signal);
    this.postgres = postgres;
    void postgres.ended.then(() => {
      this.postgres = undefined;
      if (!this.stopping) this.restarting = this.restart();
    });
  }

  pid(): number | undefined {
    return this.postgres?.pid;
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await this.restarting;
    const pid = this.pid();
    if (pid !== undefined) await endPostgres(pid);
  }

  /** A killed PostgreSQL leaves processes that take a moment to notice; until then a new one is refused. */
  private async restart(): Promise<void> {
    let told = 'PostgreSQL ended unexpectedly and is started again.';
    this.tell(told);
    for (let delay = 50; !this.stopping; delay = Math.min(delay * 2, 5_000)) {
      try {
        await this.start();
        return;
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        if (reason !== told) this.tell(reason);
        told = reason;
        await pause(delay);
      }
    }
  }
}

async function createDatabase(cluster: Cluster, address: Address): Promise<void> {
  const probe = new Client({ connectionString: urlOf(cluster, address, 'millrace') });
  try {
    await probe.connect();
  } catch (error) {
    if (codeOf(error) === '28P01') {
      throw new Unstartable(
        `The password in ${cluster.passwordFile} is not the one of the database in ${cluster.folder}. Put back the file that belongs to it, or set MILLRACE_DATA to another folder.`,
      );
    }
    if (codeOf(error) !== '3D000') throw error;
    const maker = new Client({ connectionString: urlOf(cluster, address, 'postgres') });
    await maker.connect();
    await maker.query('CREATE DATABASE millrace');
    await maker.end();
    return;
  }
  await probe.end();
}

function urlOf(cluster: Cluster, address: Address, database: string): string {
  const host = 'socketFolder' in address ? encodeURIComponent(address.socketFolder) : '127.0.0.1';
  return `postgresql://millrace:${cluster.password}@${host}:${address.port}/${database}`;
}
