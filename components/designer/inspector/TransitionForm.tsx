import { MoveDown, Trash2 } from 'lucide-react';
import { Button } from '@/components/ui/Button';
import { sourceOfEdge } from '@/lib/editor/place';
import { above, lastOf } from '@/lib/editor/pointer';
import { removeEdge } from '@/lib/editor/remove';
import { treeOf, valueAt } from '@/lib/editor/tree';
import { useBench, useSession } from '../SessionContext';
import { documentIn, edit, want } from '../session';
import { CatcherFields } from './CatcherFields';
import { Fields, PaneHeader } from './Pane';
import { RuleFields } from './RuleFields';

/** One arrow: where it leads, and when. */
export function TransitionForm({ edge }: { readonly edge: string }) {
  const { session } = useBench();
  const target = useSession((state) => valueAt(treeOf(state.history.present.definition), edge));
  const source = sourceOfEdge(edge);
  const isStart = edge.endsWith('/StartAt');
  return (
    <>
      <PaneHeader icon={<MoveDown className="size-4 text-muted" aria-hidden />} kind="Transition" />
      <Fields>
        <p className="text-sm">
          From <b className="font-medium">{isStart ? 'the start' : lastOf(source)}</b> to{' '}
          <b className="font-medium">{String(target)}</b>
        </p>
        {edge.includes('/Choices/', source.length) && <RuleFields row={above(edge, 1)} choice={source} />}
        {edge.includes('/Catch/', source.length) && <CatcherFields row={above(edge, 1)} state={source} />}
        {!isStart && (
          <div className="flex gap-2">
            <Button size="sm" onClick={() => want(session, source)}>
              Go to {lastOf(source)}
            </Button>
            <Button size="sm" onClick={() => edit(session, removeEdge(documentIn(session), edge))}>
              <Trash2 aria-hidden /> Delete
            </Button>
          </div>
        )}
      </Fields>
    </>
  );
}
