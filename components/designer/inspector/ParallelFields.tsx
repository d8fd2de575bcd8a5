import { Plus, Trash2 } from 'lucide-react';
import { Button } from '@/components/ui/Button';
import { IconButton } from '@/components/ui/IconButton';
import { addBranch, removeBranch } from '@/lib/editor/branch';
import type { ParallelState } from '@/lib/flow/model';
import { useBench } from '../SessionContext';
import { documentIn, edit, select } from '../session';
import { Group } from './Pane';

interface ParallelFieldsProps {
  readonly pointer: string;
  readonly state: ParallelState;
}

/** The branches of a Parallel. */
export function ParallelFields({ pointer, state }: ParallelFieldsProps) {
  const { session } = useBench();
  return (
    <Group
      title="Branches"
      aside={
        <Button
          size="sm"
          variant="ghost"
          onClick={() => edit(session, addBranch(documentIn(session), pointer))}
        >
          <Plus aria-hidden /> Add a branch
        </Button>
      }
    >
      <ul className="flex flex-col rounded-md border">
        {state.Branches.map((branch, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a branch has no name, it is what stands at its place
          <li key={index} className="flex items-center border-b px-1 last:border-b-0">
            <button
              type="button"
              className="min-w-0 flex-1 truncate rounded-sm px-2 py-1.5 text-left text-sm hover:text-accent-text"
              onClick={() => select(session, [`${pointer}/Branches/${index}`])}
            >
              {branch.Comment ?? `Branch ${index + 1}`}
            </button>
            <span className="tabular text-faint text-xs">{Object.keys(branch.States).length} states</span>
            <IconButton
              size="sm"
              label={`Remove branch ${index + 1}`}
              onClick={() => edit(session, removeBranch(documentIn(session), `${pointer}/Branches/${index}`))}
            >
              <Trash2 aria-hidden />
            </IconButton>
          </li>
        ))}
      </ul>
    </Group>
  );
}
