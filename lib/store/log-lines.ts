import { Pool } from 'pg';
import type { LogLine, Logs, StoredLogLine } from '@/lib/runner/ports';

interface Line extends LogLine {
  readonly executionId: string;
}

type Listener = (executionId: string, lines: readonly StoredLogLine[]) => void;

const writeEvery = 50;
const linesPerWrite = 2_000;
const mostWaiting = 20_000;

/** Which lines of an execution: of a step and an attempt where given, with an id above `after`, at most `limit`. */
export interface LogQuery {
  readonly step?: number | undefined;
  readonly attempt?: number | undefined;
  readonly after: number;
  readonly limit: number;
}

/** What tasks say while they run: written in batches beside the histories, and read back by cursor. */
export class LogLines implements Logs {
  private readonly pool: Pool;
  private waiting: Line[] = [];
  private dropped = 0;
  private timeout: NodeJS.Timeout | undefined;
  private writing: Promise<void> = Promise.resolve();
  private listener: Listener = () => {};

  constructor(connectionString: string) {
    this.pool = new Pool({ connectionString, max: 2, application_name: 'millrace logs', keepAlive: true });
    // A connection that breaks while it is idle is replaced by the pool.
    this.pool.on('error', () => {});
  }

  write(executionId: string, lines: readonly LogLine[]): void {
    for (const line of lines)
      if (this.waiting.length < mostWaiting) this.waiting.push({ ...line, executionId });
      else this.dropped += 1;
    this.timeout ??= setTimeout(() => this.writeSoon(), writeEvery);
  }

  onStored(listener: Listener): void {
    this.listener = listener;
  }

  async read(executionId: string, { step, attempt, after, limit }: LogQuery): Promise<StoredLogLine[]> {
    const { rows } = await this.pool.query<StoredLogLine>({
      name: 'log lines',
      text: `SELECT id::float8 AS id, step, attempt, extract(epoch FROM at)::float8 * 1000 AS at, level, text FROM log_line
        WHERE execution_id = $1 AND id > $2 AND ($3::int IS NULL OR step = $3) AND ($4::int IS NULL OR attempt = $4)
        ORDER BY id LIMIT $5`,
      values: [executionId, after, step ?? null, attempt ?? null, limit],
    });
    return rows;
  }

  async close(): Promise<void> {
    clearTimeout(this.timeout);
    this.writeSoon();
    await this.writing;
    await this.pool.end();
  }

  private writeSoon(): void {
    this.timeout = undefined;
    this.writing = this.writing.then(() => this.writeAll());
  }

  private async writeAll(): Promise<void> {
    while (this.waiting.length > 0) {
      const lines = this.waiting.splice(0, linesPerWrite);
      const last = lines.at(-1);
      if (this.dropped > 0 && last) {
        lines.push({
          ...last,
          level: 'warn',
          text: `${this.dropped} lines were left out: too many at once.`,
        });
        this.dropped = 0;
      }
      try {
        this.tell(lines, await this.insert(lines));
      } catch {
        // Lines may be lost with the database; the engine's health says that it is away.
        this.dropped += lines.length;
        return;
      }
    }
  }

  /** Ids of the lines, in their order. */
  private async insert(lines: readonly Line[]): Promise<number[]> {
    const { rows } = await this.pool.query<{ id: number }>({
      name: 'write log lines',
      text: `INSERT INTO log_line (execution_id, step, attempt, at, level, text)
        SELECT execution_id, step, attempt, to_timestamp(at / 1000), level, text
        FROM unnest($1::uuid[], $2::int[], $3::int[], $4::float8[], $5::text[], $6::text[])
          WITH ORDINALITY AS l(execution_id, step, attempt, at, level, text, place) ORDER BY place
        RETURNING id::float8 AS id`,
      values: [
        lines.map((line) => line.executionId),
        lines.map((line) => line.step),
        lines.map((line) => line.attempt),
        lines.map((line) => line.at),
        lines.map((line) => line.level),
        lines.map((line) => line.text.replaceAll('\0', '\u{fffd}')),
      ],
    });
    return rows.map((row) => row.id);
  }

  private tell(lines: readonly Line[], ids: readonly number[]): void {
    const byExecution = new Map<string, StoredLogLine[]>();
    lines.forEach(({ executionId, ...line }, index) => {
      const told = byExecution.get(executionId) ?? [];
      told.push({ ...line, id: ids[index] ?? 0 });
      byExecution.set(executionId, told);
    });
    for (const [executionId, told] of byExecution) this.listener(executionId, told);
  }
}
