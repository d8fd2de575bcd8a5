import dynamic from 'next/dynamic';
import { cn } from '@/components/ui/cn';
import { Skeleton } from '@/components/ui/Skeleton';
import { useSession } from '../SessionContext';
import { FlowForm } from './FlowForm';

/** Fetches the forms of states ahead of the first selection. */
export const fetchForms = () => import('./SelectedForm');
const SelectedForm = dynamic(() => fetchForms().then((module) => module.SelectedForm), {
  ssr: false,
  loading: () => (
    <div role="status" aria-label="Loading the form" className="flex flex-col gap-4 p-4">
      <Skeleton className="h-5 w-24" />
      <Skeleton className="h-16" />
      <Skeleton className="h-8" />
    </div>
  ),
});

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
      {selection.length === 0 ? <FlowForm /> : <SelectedForm selection={selection} definition={definition} />}
    </aside>
  );
}
