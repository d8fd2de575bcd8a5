import { PrismaPg } from '@prisma/adapter-pg';
import { Pool } from 'pg';
import { PrismaClient } from '@/prisma/generated/client';

/** The database as pages and routes use it. The journal has connections of its own. */
export interface Store {
  readonly prisma: PrismaClient;
  /** For queries that Prisma cannot say; shares its connections. */
  readonly pool: Pool;
  readonly close: () => Promise<void>;
}

/** Connects when the first query asks for it, and again whenever a connection was lost. */
export function openStore(databaseUrl: string): Store {
  const pool = new Pool({
    connectionString: databaseUrl,
    max: 10,
    statement_timeout: 30_000,
    connectionTimeoutMillis: 5_000,
  });
  // An idle connection that breaks is replaced by the pool; whoever uses one is told by the query itself.
  pool.on('error', () => {});
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  return {
    prisma,
    pool,
    close: async () => {
      await prisma.$disconnect();
      await pool.end();
    },
  };
}
