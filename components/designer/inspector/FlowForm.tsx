import { Workflow } from 'lucide-react';
import { states } from '@/lib/flow/graph';
import { useSession } from '../SessionContext';
import { ChoiceField, LongTextField, NumberField } from './fields';
import { Fields, PaneHeader } from './Pane';

/** What holds for the whole flow. */
export function FlowForm() {
  const definition = useSession((state) => state.history.present.definition);
  const count = [...states(definition)].length;
  return (
    <>
      <PaneHeader icon={<Workflow className="size-4 text-muted" aria-hidden />} kind="Flow">
        <span className="tabular text-muted text-xs">
          {count} {count === 1 ? 'state' : 'states'}
        </span>
      </PaneHeader>
      <Fields>
        <LongTextField pointer="/Comment" label="Comment" placeholder="What this flow is for" />
        <ChoiceField
          pointer="/QueryLanguage"
          label="Query language"
          fallback="JSONPath"
          options={[
            { value: 'JSONata', label: 'JSONata' },
            { value: 'JSONPath', label: 'JSONPath' },
          ]}
          hint="How states read and shape data. A state may have its own."
        />
        <NumberField
          pointer="/TimeoutSeconds"
          label="Timeout of an execution"
          placeholder="no limit"
          hint="Seconds, from start to end."
        />
        <p className="text-faint text-xs">
          Select a state for its form. Drag from the dot under a card to connect it; press A to add a state, C
          to connect, Delete to remove.
        </p>
      </Fields>
    </>
  );
}
