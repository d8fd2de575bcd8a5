import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react';
import { Button } from '@/components/ui/Button';
import { IconButton } from '@/components/ui/IconButton';
import { blankRule } from '@/lib/editor/connect';
import { setField } from '@/lib/editor/edit';
import { lastOf, machineOf } from '@/lib/editor/pointer';
import { statesIn } from '@/lib/editor/selection';
import { treeOf } from '@/lib/editor/tree';
import type { Json } from '@/lib/expression/json';
import type { ChoiceState } from '@/lib/flow/model';
import { useBench } from '../SessionContext';
import { documentIn, edit } from '../session';
import { Group } from './Pane';
import { RuleFields } from './RuleFields';
import { TargetField } from './TargetField';

interface ChoiceRulesProps {
  readonly pointer: string;
  readonly state: ChoiceState;
}

/** The rules of a Choice, in the order in which they are tried, and where it goes on when none holds. */
export function ChoiceRules({ pointer, state }: ChoiceRulesProps) {
  const { session } = useBench();
  const list = `${pointer}/Choices`;
  const rules: readonly Json[] = state.Choices;
  const write = (next: readonly Json[]) => edit(session, setField(documentIn(session), list, next));
  const addRule = () => {
    const { definition } = documentIn(session);
    const other = statesIn(definition, machineOf(pointer)).find((one) => one !== pointer);
    write([...rules, blankRule(definition, pointer, other === undefined ? '' : lastOf(other))]);
  };
  return (
    <>
      {rules.map((_, index) => (
        <Group
          // biome-ignore lint/suspicious/noArrayIndexKey: a rule has no name, it is what stands at its place
          key={index}
          title={`Rule ${index + 1}`}
          aside={
            <RowButtons
              what={`rule ${index + 1}`}
              onUp={index === 0 ? undefined : () => write(swapped(rules, index - 1))}
              onDown={index === rules.length - 1 ? undefined : () => write(swapped(rules, index))}
              onRemove={() => write(rules.filter((__, at) => at !== index))}
            />
          }
        >
          <RuleFields row={`${list}/${index}`} choice={pointer} />
        </Group>
      ))}
      <Button size="sm" className="self-start" onClick={addRule}>
        <Plus aria-hidden /> Add a rule
      </Button>
      <Group title="Otherwise">
        <TargetField pointer={`${pointer}/Default`} state={pointer} label="Otherwise go to" />
        {'Default' in treeOf(state) && (
          <Button
            size="sm"
            variant="ghost"
            className="self-start"
            onClick={() => edit(session, setField(documentIn(session), `${pointer}/Default`, undefined))}
          >
            Remove
          </Button>
        )}
      </Group>
    </>
  );
}

interface RowButtonsProps {
  readonly what: string;
  readonly onUp: (() => void) | undefined;
  readonly onDown: (() => void) | undefined;
  readonly onRemove: () => void;
}

/** Moves a row of a list up or down, or takes it away. */
export function RowButtons({ what, onUp, onDown, onRemove }: RowButtonsProps) {
  return (
    <span className="flex">
      <IconButton size="sm" label={`Move ${what} up`} disabled={onUp === undefined} onClick={onUp}>
        <ArrowUp aria-hidden />
      </IconButton>
      <IconButton size="sm" label={`Move ${what} down`} disabled={onDown === undefined} onClick={onDown}>
        <ArrowDown aria-hidden />
      </IconButton>
      <IconButton size="sm" label={`Remove ${what}`} onClick={onRemove}>
        <Trash2 aria-hidden />
      </IconButton>
    </span>
  );
}

/** The list with the element at an index and the next one changed over. */
export function swapped<Item>(list: readonly Item[], index: number): readonly Item[] {
  return list.map((item, at) =>
    at === index ? (list[index + 1] ?? item) : at === index + 1 ? (list[index] ?? item) : item,
  );
}
