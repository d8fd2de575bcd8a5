import { CircleAlert, CircleCheck, CornerDownRight, RotateCcw } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { client } from '@/components/shell/client';
import { JsonView } from '@/components/ui/JsonView';
import { takenBy } from './trial';

type Result = Awaited<ReturnType<typeof client.testState>>;

const faces = {
  SUCCEEDED: { text: 'Succeeds', Sign: CircleCheck, tone: 'text-status-succeeded' },
  CAUGHT_ERROR: { text: 'Fails and is caught', Sign: CornerDownRight, tone: 'text-status-retrying' },
  RETRIABLE: { text: 'Fails and is tried again', Sign: RotateCcw, tone: 'text-status-retrying' },
  FAILED: { text: 'Fails', Sign: CircleAlert, tone: 'text-status-failed' },
} as const;

const stages: Readonly<Record<string, string>> = {
  afterInputPath: 'After InputPath',
  afterParameters: 'After Parameters',
  afterArguments: 'Arguments',
  afterItemsPath: 'Items',
  afterItemsPointer: 'Items at the pointer',
  afterItemSelector: 'Input of each item',
  afterItemBatcher: 'Input of each batch',
  maxConcurrency: 'Items at once',
  toleratedFailureCount: 'Failures tolerated',
  toleratedFailurePercentage: 'Failures tolerated, in per cent',
  request: 'HTTP request',
  response: 'HTTP response',
  result: 'Result',
  afterResultSelector: 'After ResultSelector',
  afterResultPath: 'After ResultPath',
  variables: 'Variables assigned',
};

/** How a state that was tried ends, and each stage between its input and its output. */
export function TestResult({ result }: { readonly result: Result }) {
  const { text, Sign, tone } = faces[result.status];
  const { inspectionData = {} } = result;
  const taken = takenBy(inspectionData.errorDetails);
  const status = useRef<HTMLParagraphElement>(null);
  // Talks to the pane that scrolls: what came of it stands below the fields, out of sight where there are many.
  useEffect(() => {
    if (result !== undefined) status.current?.scrollIntoView({ block: 'center' });
  }, [result]);
  return (
    <section aria-label="Test result" className="flex flex-col gap-3 border-t pt-4">
      <p ref={status} role="status" className={`flex items-center gap-2 font-medium text-sm ${tone}`}>
        <Sign className="size-4" aria-hidden /> {text}
      </p>
      {result.nextState !== undefined && (
        <p className="text-sm">
          <span className="text-muted">Goes on to </span>
          {result.nextState}
        </p>
      )}
      {result.error !== undefined && (
        <p className="break-words text-sm">
          <span className="font-medium font-mono text-xs">{result.error}</span>
          {result.cause !== undefined && <span className="mt-1 block text-muted">{result.cause}</span>}
        </p>
      )}
      {taken !== undefined && (
        <p className="text-sm">
          <span className="text-muted">Taken by </span>
          {taken}
        </p>
      )}
      {result.output !== undefined && <Stage title="Output" value={result.output} />}
      {Object.entries(stages).map(([name, title]) =>
        isTold(name, inspectionData[name]) ? (
          <Stage key={name} title={title} value={inspectionData[name]} />
        ) : null,
      )}
    </section>
  );
}

/** A concurrency of 0 is no limit, and none is told. */
function isTold(name: string, value: unknown): boolean {
  return value !== undefined && !(name === 'maxConcurrency' && value === 0);
}

function Stage({ title, value }: { readonly title: string; readonly value: unknown }) {
  return (
    <div>
      <h4 className="mb-1 text-muted text-xs">{title}</h4>
      <JsonView
        value={value}
        copyLabel={`Copy ${title.toLowerCase()}`}
        className="rounded-md border bg-sunken p-2"
      />
    </div>
  );
}
