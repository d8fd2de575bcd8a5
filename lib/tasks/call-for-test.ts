import type { LogLine, TaskCall, TaskResult } from '@/lib/runner/ports';
import type { DescribedTaskKind } from './kind';

export interface Told {
  readonly result: TaskResult;
  /** The lines of the log, each as `level: text`. */
  readonly lines: readonly string[];
}

/** Calls a kind as the runner does: parsed parameters, a signal, a log. For tests. */
export async function callFor(
  kind: DescribedTaskKind,
  parameters: Parameters<DescribedTaskKind['parse']>[0],
  more: Partial<TaskCall> = {},
): Promise<Told> {
  const parsed = kind.parse(parameters);
  if (!parsed.ok) throw new Error(`the parameters are wrong: ${parsed.problem}`);
  const lines: string[] = [];
  const result = await kind.call({
    executionId: '0190b2c8-0000-7000-8000-000000000001',
    executionName: 'order-17',
    flowId: '0190b2c8-0000-7000-8000-000000000002',
    state: 'Charge',
    step: 4,
    attempt: 1,
    idempotencyKey: '0190b2c8-0000-7000-8000-000000000001/4/1',
    signal: new AbortController().signal,
    priority: 0,
    mayWait: true,
    log: (level: LogLine['level'], text: string) => void lines.push(`${level}: ${text}`),
    ...more,
    parameters: parsed.value,
  });
  return { result, lines };
}
