import { Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/Button';
import { setField } from '@/lib/editor/edit';
import { lastOf, machineOf } from '@/lib/editor/pointer';
import { statesIn } from '@/lib/editor/selection';
import { catches } from '@/lib/editor/transitions';
import { treeOf, valueAt } from '@/lib/editor/tree';
import type { Json } from '@/lib/expression/json';
import type { State } from '@/lib/flow/model';
import { useBench, useSession } from '../SessionContext';
import { documentIn, edit } from '../session';
import { CatcherFields } from './CatcherFields';
import { RowButtons, swapped } from './ChoiceRules';
import { ErrorNames } from './ErrorNames';
import { ChoiceField, NumberField } from './fields';
import { Fields, Group } from './Pane';

interface ErrorFieldsProps {
  readonly pointer: string;
  readonly state: State;
}

/** What happens when a state fails: it is tried again, then caught; and how long it may take. */
export function ErrorFields({ pointer, state }: ErrorFieldsProps) {
  const { session } = useBench();
  if (!catches(state))
    return (
      <Fields>
        <p className="text-muted text-sm">
          A {state.Type} state calls nothing, so there is nothing to try again or to catch.
        </p>
      </Fields>
    );
  const catcher = () => {
    const target = statesIn(documentIn(session).definition, machineOf(pointer)).find(
      (one) => one !== pointer,
    );
    return { ErrorEquals: ['States.ALL'], Next: target === undefined ? '' : lastOf(target) };
  };
  return (
    <Fields>
      <Rows
        list={`${pointer}/Retry`}
        title="Retry"
        hint="Tries again by itself. The first entry that names the error counts."
        add="Add a retry"
        blank={() => ({ ErrorEquals: ['States.ALL'], IntervalSeconds: 1, MaxAttempts: 3, BackoffRate: 2 })}
        row={(row) => <RetrierFields row={row} />}
      />
      <Rows
        list={`${pointer}/Catch`}
        title="Catch"
        hint="Goes elsewhere when all tries have failed."
        add="Add a catch"
        blank={catcher}
        row={(row) => <CatcherFields row={row} state={pointer} />}
      />
      {state.Type === 'Task' && (
        <Group title="Time limits">
          <NumberField
            pointer={`${pointer}/TimeoutSeconds`}
            label="Timeout"
            placeholder="no limit"
            hint="Seconds for one try."
          />
          <NumberField
            pointer={`${pointer}/HeartbeatSeconds`}
            label="Heartbeat"
            placeholder="none"
            hint="Seconds between signs of life."
          />
        </Group>
      )}
      <datalist id="error-names">
        {['States.ALL', 'States.TaskFailed', 'States.Timeout', 'States.HeartbeatTimeout'].map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </Fields>
  );
}

interface RowsProps {
  /** The pointer of the list. */
  readonly list: string;
  readonly title: string;
  readonly hint: string;
  readonly add: string;
  readonly blank: () => Json;
  readonly row: (pointer: string) => ReactNode;
}

/** A list field: its entries, each with its form, in the order in which they are tried. */
function Rows({ list, title, hint, add, blank, row }: RowsProps) {
  const { session } = useBench();
  const value = useSession((state) => valueAt(treeOf(state.history.present.definition), list));
  const rows: readonly Json[] = Array.isArray(value) ? value : [];
  const write = (next: readonly Json[]) =>
    edit(session, setField(documentIn(session), list, next.length === 0 ? undefined : next));
  return (
    <Group
      title={title}
      aside={
        <Button size="sm" variant="ghost" onClick={() => write([...rows, blank()])}>
          <Plus aria-hidden /> {add}
        </Button>
      }
    >
      {rows.length === 0 && <p className="text-faint text-xs">{hint}</p>}
      {rows.map((_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an entry has no name, it is what stands at its place
        <div key={index} className="flex flex-col gap-3 rounded-md border p-3">
          <div className="-mt-1 -mr-1 flex items-center justify-between">
            <span className="tabular text-muted text-xs">
              {title} {index + 1}
            </span>
            <RowButtons
              what={`${title.toLowerCase()} ${index + 1}`}
              onUp={index === 0 ? undefined : () => write(swapped(rows, index - 1))}
              onDown={index === rows.length - 1 ? undefined : () => write(swapped(rows, index))}
              onRemove={() => write(rows.filter((__, at) => at !== index))}
            />
          </div>
          {row(`${list}/${index}`)}
        </div>
      ))}
    </Group>
  );
}

function RetrierFields({ row }: { readonly row: string }) {
  return (
    <>
      <ErrorNames pointer={`${row}/ErrorEquals`} label="Errors" />
      <div className="grid grid-cols-2 gap-3">
        <NumberField pointer={`${row}/MaxAttempts`} label="Retries at most" placeholder="3" />
        <NumberField pointer={`${row}/IntervalSeconds`} label="First after, seconds" placeholder="1" />
        <NumberField pointer={`${row}/BackoffRate`} label="Each wait times" placeholder="2" />
        <NumberField pointer={`${row}/MaxDelaySeconds`} label="Longest, seconds" placeholder="no limit" />
      </div>
      <ChoiceField
        pointer={`${row}/JitterStrategy`}
        label="Jitter"
        fallback="NONE"
        options={[
          { value: 'NONE', label: 'None' },
          { value: 'FULL', label: 'Full: a random part of the wait' },
        ]}
      />
    </>
  );
}
