'use client';

import { useQuery } from '@tanstack/react-query';
import { Play } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { client } from '@/components/shell/client';
import { tellProblem } from '@/components/shell/tell';
import { Button } from '@/components/ui/Button';
import { Checkbox } from '@/components/ui/Checkbox';
import { Dialog } from '@/components/ui/Dialog';
import { Kbd } from '@/components/ui/Kbd';
import { Skeleton } from '@/components/ui/Skeleton';
import { InputForm, parseJson } from './InputForm';
import { offeredInput, rememberInput } from './last-input';

interface RunDialogProps {
  readonly flow: { readonly id: string; readonly name: string };
  /** The version that ran before, to run again; the newest where it is absent. */
  readonly ran?: number;
  /** The input to begin with, as text; without one, what the flow was last started with. */
  readonly input?: string;
  readonly title?: string;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

/** Asks for the input of an execution, starts it, and goes there. */
export function RunDialog({
  flow,
  ran,
  input,
  title = `Run ${flow.name}`,
  open,
  onOpenChange,
}: RunDialogProps) {
  const [typed, setTyped] = useState<string>();
  const [newest, setNewest] = useState(ran === undefined);
  const [busy, setBusy] = useState(false);
  const router = useRouter();
  const offered = useQuery({
    queryKey: ['offered input', flow.id],
    queryFn: ({ signal }) => offeredInput(flow.id, signal),
    enabled: open && input === undefined,
    gcTime: 0,
  });
  const text = typed ?? input ?? offered.data ?? (offered.isError ? '{}' : undefined);
  const leave = (next: boolean) => {
    if (!next) setTyped(undefined);
    onOpenChange(next);
  };
  const start = async () => {
    const parsed = text === undefined ? undefined : parseJson(text);
    if (parsed?.ok !== true) return;
    setBusy(true);
    try {
      const body = { input: parsed.value, ...(newest || ran === undefined ? {} : { version: ran }) };
      const execution = await client.startExecution({ params: { flowId: flow.id }, body });
      rememberInput(flow.id, parsed.value);
      leave(false);
      router.push(`/executions/${execution.id}`);
    } catch (problem) {
      tellProblem('The execution was not started', problem);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      open={open}
      onOpenChange={leave}
      size="lg"
      title={title}
      description={`${newest ? 'The newest version' : `Version ${ran}`} is started with this input.`}
      footer={
        <>
          <Button onClick={() => leave(false)}>Cancel</Button>
          <Button
            variant="primary"
            disabled={busy || text === undefined || !parseJson(text).ok}
            onClick={() => void start()}
          >
            <Play aria-hidden />
            Start execution
            <Kbd keys="Ctrl ↵" className="border-white/25 bg-black/20 text-accent-foreground" />
          </Button>
        </>
      }
    >
      {text === undefined ? (
        <Skeleton className="h-64" />
      ) : (
        <InputForm text={text} onChange={setTyped} label="Input" onSubmit={() => void start()} />
      )}
      {ran !== undefined && (
        <Checkbox label="Use the newest version of the flow" checked={newest} onChange={setNewest} />
      )}
    </Dialog>
  );
}
