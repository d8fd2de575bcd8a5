import { MousePointerClick } from 'lucide-react';
import { cn } from '@/components/ui/cn';
import { stateIn } from '@/lib/editor/tree';
import { machineAt } from '@/lib/flow/graph';
import { isTransition } from '../gestures';
import { useSession } from '../SessionContext';
import { BranchForm } from './BranchForm';
import { FlowForm } from './FlowForm';
import { SeveralForm } from './SeveralForm';
import { StateForm } from './StateForm';
import { TransitionForm } from './TransitionForm';

/** The form of what is selected; of the flow itself where nothing is. */
export function Inspector() {
  const selection = useSession((state) => state.selection);
  const definition = useSession((state) => state.history.present.definition);
  return (
    <aside
      aria-label="Inspector"
      data-of-document=""
      className={cn(
        'flex w-84 shrink-0 flex-col border-l bg-surface max-lg:w-72 max-md:absolute max-md:inset-x-0 max-md:bottom-0 max-md:z-20 max-md:h-1/2 max-md:w-full max-md:border-t max-md:border-l-0',
        selection.length === 0 && 'max-md:hidden',
      )}
    >
      <Form selection={selection} definition={definition} />
    </aside>
  );
}

interface FormProps {
  readonly selection: readonly string[];
  readonly definition: Parameters<typeof stateIn>[0];
}

function Form({ selection, definition }: FormProps) {
  const [first, ...others] = selection;
  if (first === undefined) return <FlowForm />;
  if (others.length > 0) return <SeveralForm />;
  const state = stateIn(definition, first);
  if (state !== undefined) return <StateForm pointer={first} state={state} />;
  if (isTransition(first)) return <TransitionForm edge={first} />;
  if (machineAt(definition, first) !== undefined) return <BranchForm machine={first} />;
  return (
    <p className="flex items-center gap-2 p-4 text-muted text-sm">
      <MousePointerClick className="size-4" aria-hidden /> Select a state to edit it.
    </p>
  );
}
