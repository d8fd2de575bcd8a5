import type { ChildProcess } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { type Cluster, clusterIn } from './embedded-cluster';
import { type Address, addressOf, endPostgres, spawnPostgres, watchOver } from './embedded-process';
import { codeOf } from './unstartable';

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
 * whenever it ends without being asked. Throws `Unstartable`.
 */
export async function openEmbeddedPostgres(
  dataFolder: string,
  progress: (text: string) => void = () => {},
): Promise<EmbeddedPostgres> {
  const cluster = clusterIn(dataFolder, progress);
  const address = await addressOf(cluster);
  const kept = new KeptAlive(cluster, address, progress);
  await kept.start();
  await createDatabase(cluster, address);
  return { url: urlOf(cluster, address, 'millrace'), pid: () => kept.pid(), stop: () => kept.stop() };
}

/** One PostgreSQL from start to stop, over as many processes as that takes. */
class KeptAlive {
  private readonly cluster: Cluster;
  private readonly address: Address;
  private readonly tell: (text: string) => void;
  private process: ChildProcess | undefined;
  private stopping = false;
  private restarting: Promise<void> = Promise.resolve();

  constructor(cluster: Cluster, address: Address, tell: (text: string) => void) {
    this.cluster = cluster;
    this.address = address;
    this.tell = tell;
  }

  async start(): Promise<void> {
    const postgres = await spawnPostgres(this.cluster, this.address);
    const watcher = watchOver(postgres);
    this.process = postgres;
    const ended = () => {
      watcher.kill('SIGKILL');
      this.process = undefined;
      if (!this.stopping) this.restarting = this.restart();
    };
    if (postgres.exitCode === null && postgres.signalCode === null) postgres.once('exit', ended);
    else ended();
  }

  pid(): number | undefined {
    return this.process?.pid;
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await this.restarting;
    const pid = this.pid();
    if (pid !== undefined) await endPostgres(pid);
  }

  /** A killed PostgreSQL leaves processes that take a moment to notice; until then a new one is refused. */
  private async restart(): Promise<void> {
    this.tell('PostgreSQL ended unexpectedly and is started again.');
    for (let delay = 50; !this.stopping; delay = Math.min(delay * 2, 5_000)) {
      try {
        await this.start();
        return;
      } catch (error) {
        this.tell(error instanceof Error ? error.message : String(error));
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
