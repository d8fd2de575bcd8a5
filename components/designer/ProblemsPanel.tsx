import { CircleAlert, CircleCheck, TriangleAlert, X } from 'lucide-react';
import { Button } from '@/components/ui/Button';
import { IconButton } from '@/components/ui/IconButton';
import { EmptyState } from '@/components/ui/Notice';
import { applyFix } from '@/lib/editor/edit';
import { lastOf } from '@/lib/editor/pointer';
import { locate } from '@/lib/flow/graph';
import type { Problem } from '@/lib/flow/problem';
import { useBench, useSession } from './SessionContext';
import { documentIn, edit, want } from './session';

/** What is wrong or doubtful, each with the way to its place and, where there is one, its mend. */
export function ProblemsPanel() {
  const { session } = useBench();
  const problems = useSession((state) => state.problems);
  const unread = useSession((state) => state.history.present.text.unread);
  const said = unread?.problems.map(({ problem }) => problem) ?? [];
  const all = [...said, ...problems];
  return (
    <section aria-label="Problems" className="flex h-full flex-col bg-surface">
      <header className="flex h-9 shrink-0 items-center gap-2 border-b px-3">
        <h2 className="font-medium text-sm">Problems</h2>
        <span className="tabular text-muted text-xs">{all.length}</span>
        <IconButton
          size="sm"
          label="Close the problems"
          className="ml-auto"
          onClick={() => session.setState({ areProblemsOpen: false })}
        >
          <X aria-hidden />
        </IconButton>
      </header>
      {all.length === 0 ? (
        <EmptyState title="No problems" icon={<CircleCheck aria-hidden />} className="py-6">
          This flow can be saved and run.
        </EmptyState>
      ) : (
        <ul className="min-h-0 flex-1 overflow-y-auto py-1">
          {all.map((problem) => (
            <ProblemRow key={`${problem.pointer} ${problem.message}`} problem={problem} />
          ))}
        </ul>
      )}
    </section>
  );
}

function ProblemRow({ problem }: { readonly problem: Problem }) {
  const { session } = useBench();
  const definition = useSession((state) => state.history.present.definition);
  const { severity, message, pointer, fix } = problem;
  const state = locate(definition, pointer)?.pointer;
  const Sign = severity === 'error' ? CircleAlert : TriangleAlert;
  const field = state === undefined ? pointer : pointer.slice(state.length);
  return (
    <li className="group flex items-start gap-2 px-3 py-1 hover:bg-hover">
      <Sign
        role="img"
        aria-label={severity === 'error' ? 'Error' : 'Warning'}
        className={`mt-0.5 size-4 shrink-0 ${severity === 'error' ? 'text-status-failed' : 'text-status-retrying'}`}
      />
      <button
        type="button"
        className="min-w-0 flex-1 rounded-sm text-left"
        onClick={() => want(session, pointer)}
      >
        <span className="text-sm">{message}</span>{' '}
        <span className="font-mono text-faint text-xs">
          {state === undefined ? '' : lastOf(state)}
          {field}
        </span>
      </button>
      {fix !== undefined && (
        <Button size="sm" onClick={() => edit(session, applyFix(documentIn(session), fix))}>
          {fix.title}
        </Button>
      )}
    </li>
  );
}
