import { useQuery } from '@tanstack/react-query';
import { Play } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { InputForm, parseJson } from '@/components/flows/InputForm';
import { offeredInput, rememberInput } from '@/components/flows/last-input';
import { client } from '@/components/shell/client';
import { tellProblem } from '@/components/shell/tell';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import { Kbd } from '@/components/ui/Kbd';
import { Skeleton } from '@/components/ui/Skeleton';
import { useBench, useSession } from './SessionContext';
import { isUnsaved, refusalToSave, save } from './saving';

/** Starts an execution of what is on the canvas; what was edited is saved first, so that the execution has a version. */
export function RunDialog({ name }: { readonly name: string }) {
  const bench = useBench();
  const { flowId, session } = bench;
  const router = useRouter();
  const isOpen = useSession((state) => state.isRunOpen);
  const refusal = useSession(refusalToSave);
  const unsaved = useSession(isUnsaved);
  const [typed, setTyped] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const offered = useQuery({
    queryKey: ['offered input', flowId],
    queryFn: ({ signal }) => offeredInput(flowId, signal),
    enabled: isOpen,
    gcTime: 0,
  });
  const text = typed ?? offered.data ?? (offered.isError ? '{}' : undefined);
  const input = text === undefined ? undefined : parseJson(text);
  const start = async () => {
    if (input?.ok !== true || refusal !== undefined || isBusy) return;
    setBusy(true);
    try {
      const version = await save(bench);
      if (version === undefined) return;
      const execution = await client.startExecution({
        params: { flowId },
        body: { input: input.value, version },
      });
      rememberInput(flowId, input.value);
      session.setState({ isRunOpen: false });
      router.push(`/executions/${execution.id}`);
    } catch (problem) {
      tellProblem('The execution was not started', problem);
    } finally {
      setBusy(false);
    }
  };
  const close = () => session.setState({ isRunOpen: false });
  return (
    <Dialog
      open={isOpen}
      onOpenChange={(open) => open || close()}
      title={`Run ${name}`}
      description={
        unsaved
          ? 'What you edited is saved as a new version, which is started with this input.'
          : 'The version you see is started with this input.'
      }
      size="lg"
      footer={
        <>
          {refusal !== undefined && <p className="mr-auto text-status-failed text-xs">{refusal}</p>}
          <Button onClick={close}>Cancel</Button>
          <Button
            variant="primary"
            disabled={isBusy || input?.ok !== true || refusal !== undefined}
            onClick={() => void start()}
          >
            <Play aria-hidden />
            {unsaved ? 'Save and start execution' : 'Start execution'}
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
    </Dialog>
  );
}
