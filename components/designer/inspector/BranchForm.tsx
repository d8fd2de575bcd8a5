import { Layers, Plus, Trash2 } from 'lucide-react';
import { Button } from '@/components/ui/Button';
import { addBranch, removeBranch } from '@/lib/editor/branch';
import { isBranch, lastOf, ownerOf } from '@/lib/editor/pointer';
import { useBench } from '../SessionContext';
import { documentIn, edit } from '../session';
import { LongTextField } from './fields';
import { Fields, PaneHeader } from './Pane';

/** One branch of a Parallel. */
export function BranchForm({ machine }: { readonly machine: string }) {
  const { session } = useBench();
  const parallel = ownerOf(machine) ?? '';
  if (!isBranch(machine)) return <PaneHeader kind={`Body of ${lastOf(parallel)}`} />;
  return (
    <>
      <PaneHeader
        icon={<Layers className="size-4 text-muted" aria-hidden />}
        kind={`Branch ${Number(lastOf(machine)) + 1} of ${lastOf(parallel)}`}
      />
      <Fields>
        <LongTextField pointer={`${machine}/Comment`} label="Comment" hint="Shown as the branch's title." />
        <div className="flex gap-2">
          <Button size="sm" onClick={() => edit(session, addBranch(documentIn(session), parallel))}>
            <Plus aria-hidden /> Add a branch
          </Button>
          <Button size="sm" onClick={() => edit(session, removeBranch(documentIn(session), machine))}>
            <Trash2 aria-hidden /> Remove this branch
          </Button>
        </div>
      </Fields>
    </>
  );
}
