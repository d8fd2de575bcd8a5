import { MousePointerClick } from 'lucide-react';
import { stateIn } from '@/lib/editor/tree';
import { machineAt } from '@/lib/flow/graph';
import { isTransition } from '../gestures';
import { BranchForm } from './BranchForm';
import { SeveralForm } from './SeveralForm';
import { StateForm } from './StateForm';
import { TransitionForm } from './TransitionForm';

interface SelectedFormProps {
  readonly selection: readonly string[];
  readonly definition: Parameters<typeof stateIn>[0];
}

/** The form of the state, transition or branch that is selected, or of several states. */
export function SelectedForm({ selection, definition }: SelectedFormProps) {
  const [first, ...others] = selection;
  if (first === undefined) return null;
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
