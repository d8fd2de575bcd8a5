import { Copy, Trash2 } from 'lucide-react';
import { Button } from '@/components/ui/Button';
import { duplicate } from '@/lib/editor/fragment';
import { removeStates } from '@/lib/editor/remove';
import { useBench, useSession } from '../SessionContext';
import { documentIn, edit } from '../session';
import { Fields, PaneHeader } from './Pane';

/** What can be done with several things at once. */
export function SeveralForm() {
  const { session } = useBench();
  const selection = useSession((state) => state.selection);
  return (
    <>
      <PaneHeader kind={`${selection.length} selected`} />
      <Fields>
        <div className="flex gap-2">
          <Button size="sm" onClick={() => edit(session, duplicate(documentIn(session), selection))}>
            <Copy aria-hidden /> Duplicate
          </Button>
          <Button size="sm" onClick={() => edit(session, removeStates(documentIn(session), selection))}>
            <Trash2 aria-hidden /> Delete
          </Button>
        </div>
        <p className="text-muted text-xs">
          Ctrl C copies them as Amazon States Language text, to paste here or elsewhere.
        </p>
      </Fields>
    </>
  );
}
