'use client';

import { useQueryClient } from '@tanstack/react-query';
import { CircleAlert, FileUp, TriangleAlert } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type DragEvent, type FormEvent, useDeferredValue, useId, useMemo, useRef, useState } from 'react';
import { client } from '@/components/shell/client';
import { sentenceOf } from '@/components/shell/tell';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import { Field } from '@/components/ui/Field';
import { Input, Textarea } from '@/components/ui/Input';
import { type ImportedText, importText } from '@/lib/flow/import';

/** Characters of a file that is read at all; a definition is far shorter. */
const longest = 2_000_000;

interface ImportFlowProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

/** Makes a flow of a definition that was written elsewhere: pasted, dropped or chosen as a file. */
export function ImportFlow({ open, onOpenChange }: ImportFlowProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      size="lg"
      title="Import a flow"
      description="Amazon States Language or Alibaba CloudFlow (FDL), as JSON or YAML. What it is, is recognised by itself."
    >
      <ImportForm onClose={() => onOpenChange(false)} />
    </Dialog>
  );
}

function ImportForm({ onClose }: { readonly onClose: () => void }) {
  const [text, setText] = useState('');
  const [typedName, setName] = useState<string>();
  const [fileName, setFileName] = useState('');
  const [refusal, setRefusal] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const router = useRouter();
  const queries = useQueryClient();
  const shown = useDeferredValue(text);
  const imported = useMemo(() => (shown.trim() === '' ? undefined : importText(shown)), [shown]);
  const name = typedName ?? imported?.name ?? fileName;
  const source = imported?.source;

  const take = async (file: File | undefined) => {
    if (file === undefined) return;
    setRefusal(file.size > longest ? `${file.name} is too large to be a flow definition.` : undefined);
    if (file.size > longest) return;
    setText(await file.text());
    setFileName(file.name.replace(/(?:\.asl)?\.[^.]*$/, '').slice(0, 80));
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (imported === undefined || source === undefined) return;
    setBusy(true);
    try {
      const flow = await client.createFlow({ body: { name: name.trim(), source, format: imported.format } });
      await queries.invalidateQueries({ queryKey: ['flows'] });
      onClose();
      router.push(`/flows/${flow.id}`);
    } catch (problem) {
      setRefusal(sentenceOf(problem));
      setBusy(false);
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
      <Source text={text} onText={setText} onFile={(file) => void take(file)} />
      {imported !== undefined && <Verdict imported={imported} />}
      <Field label="Name" error={refusal}>
        {(ids) => (
          <Input
            {...ids}
            value={name}
            maxLength={80}
            placeholder="Book a trip"
            onChange={(event) => {
              setName(event.target.value);
              setRefusal(undefined);
            }}
          />
        )}
      </Field>
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button
          type="submit"
          variant="primary"
          disabled={isBusy || source === undefined || name.trim() === ''}
        >
          Import flow
        </Button>
      </div>
    </form>
  );
}

interface SourceProps {
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly onFile: (file: File | undefined) => void;
}

function Source({ text, onText, onFile }: SourceProps) {
  const id = useId();
  const chooser = useRef<HTMLInputElement>(null);
  const drop = (event: DragEvent) => {
    const [file] = event.dataTransfer.files;
    if (file === undefined) return;
    event.preventDefault();
    onFile(file);
  };
  return (
    <div className="flex flex-col gap-1">
      <div className="flex items-end justify-between gap-2">
        <label htmlFor={id} className="font-medium text-muted text-xs">
          Definition
        </label>
        <Button size="sm" onClick={() => chooser.current?.click()}>
          <FileUp aria-hidden />
          Choose a file
        </Button>
        <input
          ref={chooser}
          type="file"
          aria-label="Definition file"
          accept=".json,.yaml,.yml,.asl,application/json"
          className="hidden"
          onChange={(event) => onFile(event.target.files?.[0])}
        />
      </div>
      <Textarea
        id={id}
        value={text}
        spellCheck={false}
        placeholder="Paste a definition here, or drop a file."
        onChange={(event) => onText(event.target.value)}
        onDragOver={(event) => event.preventDefault()}
        onDrop={drop}
        className="h-56 resize-y font-mono text-xs leading-5"
      />
    </div>
  );
}

/** What the text is, and what is wrong, doubtful or lost. */
function Verdict({ imported: { language, states, problems, source } }: { readonly imported: ImportedText }) {
  const summary =
    source === undefined
      ? `${language}: it cannot be imported yet. Mend the errors in the text above.`
      : `${language}, ${states} ${states === 1 ? 'state' : 'states'}${problems.length === 0 ? ', nothing is lost.' : '. Please read:'}`;
  return (
    <section aria-label="What was found" className="rounded-md border bg-sunken px-3 py-2 text-sm">
      <p role="status">{summary}</p>
      {problems.length > 0 && (
        <ul className="mt-1 max-h-40 space-y-1 overflow-y-auto">
          {problems.map(({ problem, span }) => {
            const isError = problem.severity === 'error';
            const Sign = isError ? CircleAlert : TriangleAlert;
            return (
              <li
                key={`${span.start} ${problem.message}`}
                className="flex items-start gap-2 text-xs leading-5"
              >
                <Sign
                  role="img"
                  aria-label={isError ? 'Error' : 'Warning'}
                  className={`mt-0.5 size-4 shrink-0 ${isError ? 'text-status-failed' : 'text-status-retrying'}`}
                />
                <span className="tabular shrink-0 text-muted">Line {span.line}</span>
                <span className="min-w-0 break-words">{problem.message}</span>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
