import { Ban, Check, PhoneForwarded, RotateCw, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { RepairPlan } from '@/lib/api/repairs';

type Planned = RepairPlan['kept'][number];

interface PlanViewProps {
  readonly plan: RepairPlan;
  /** What is in `again` after a restart has been there already and comes again only if the flow goes the same way. */
  readonly isRestart: boolean;
}

/** What a repair would come to: what is kept, what runs again, which calls repeat. */
export function PlanView({ plan, isRestart }: PlanViewProps) {
  const { refused, kept, again, calls, failedStill } = plan;
  if (refused.length > 0)
    return (
      <Part icon={<Ban />} title="This cannot be done" tone="text-status-failed">
        <ul className="list-disc space-y-1 pl-4">
          {refused.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      </Part>
    );
  return (
    <div className="flex flex-col gap-3" data-testid="repair-plan">
      <Part icon={<Check />} title="Kept" tone="text-status-succeeded">
        {kept.length === 0 ? 'Nothing has finished yet.' : <Names states={kept} />}
      </Part>
      <Part
        icon={<RotateCw />}
        title={isRestart ? 'Runs again, if the flow goes the same way' : 'Runs again'}
        tone="text-status-running"
      >
        {again.length === 0 ? 'Nothing runs again.' : <Names states={again} />}
      </Part>
      <Part icon={<PhoneForwarded />} title="Calls that repeat" tone="text-status-retrying">
        {calls.length === 0 ? 'Nothing that was called is called again.' : <Calls calls={calls} />}
      </Part>
      {failedStill.length > 0 && (
        <Part icon={<TriangleAlert />} title="Has failed too, and stays so" tone="text-status-failed">
          <Names states={failedStill} />
          <p className="text-faint text-xs">
            What is around it fails again unless it is repaired as well; a redrive takes all of them.
          </p>
        </Part>
      )}
    </div>
  );
}

interface PartProps {
  readonly icon: ReactNode;
  readonly title: string;
  readonly tone: string;
  readonly children: ReactNode;
}

function Part({ icon, title, tone, children }: PartProps) {
  return (
    <section aria-label={title} className="flex gap-2.5 text-sm">
      <span aria-hidden className={`mt-0.5 shrink-0 [&_svg]:size-4 ${tone}`}>
        {icon}
      </span>
      <div className="min-w-0">
        <h3 className="font-medium">{title}</h3>
        <div className="text-muted">{children}</div>
      </div>
    </section>
  );
}

const mostNames = 12;

function Names({ states }: { readonly states: readonly Planned[] }) {
  const shown = states
    .slice(0, mostNames)
    .map(({ state, visits }) => (visits === 1 ? state : `${state} (${visits.toLocaleString('en')} ×)`));
  const more = states.length - shown.length;
  return (
    <p className="break-words">{more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ')}</p>
  );
}

function Calls({ calls }: { readonly calls: RepairPlan['calls'] }) {
  return (
    <>
      <ul className="space-y-0.5">
        {calls.slice(0, mostNames).map(({ state, resource, steps, calls: made }) => (
          <li key={`${state} ${resource}`}>
            {state}: <code className="text-xs">{resource}</code>{' '}
            {steps > 1 && `in ${steps.toLocaleString('en')} steps, `}
            called {made === 1 ? 'once' : `${made.toLocaleString('en')} times`} so far
          </li>
        ))}
        {calls.length > mostNames && <li>and {calls.length - mostNames} more</li>}
      </ul>
      <p className="text-faint text-xs">
        Each repeated call has a new idempotency key, so a service takes it for a new request, not for the old
        one.
      </p>
    </>
  );
}
