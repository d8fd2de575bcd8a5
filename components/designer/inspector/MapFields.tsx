import type { MapState } from '@/lib/flow/model';
import { ChoiceField, NumberField, TextField } from './fields';
import { JsonField } from './JsonField';
import { Group } from './Pane';
import { useLanguage } from './use-language';

interface MapFieldsProps {
  readonly pointer: string;
  readonly state: MapState;
}

/** Which items a Map runs its body for, and how many at a time. */
export function MapFields({ pointer, state }: MapFieldsProps) {
  const language = useLanguage(pointer);
  const processor = state.Iterator === undefined ? 'ItemProcessor' : 'Iterator';
  const mode = state.ItemProcessor?.ProcessorConfig?.Mode;
  return (
    <>
      {language === 'JSONata' ? (
        <JsonField
          pointer={`${pointer}/Items`}
          label="Items"
          hint="A list, or an expression {% … %} that gives one."
        />
      ) : (
        <TextField pointer={`${pointer}/ItemsPath`} label="Items path" isMono placeholder="$" />
      )}
      <JsonField
        pointer={`${pointer}/ItemSelector`}
        label="Input of each iteration"
        hint="The item itself where it is empty."
      />
      <Group title="Limits">
        <NumberField pointer={`${pointer}/MaxConcurrency`} label="At a time" placeholder="all" />
        <NumberField
          pointer={`${pointer}/ToleratedFailurePercentage`}
          label="Tolerated failures, percent"
          placeholder="0"
        />
        <NumberField
          pointer={`${pointer}/ToleratedFailureCount`}
          label="Tolerated failures"
          placeholder="0"
        />
      </Group>
      <Group title="Mode">
        <ChoiceField
          pointer={`${pointer}/${processor}/ProcessorConfig/Mode`}
          label="Mode"
          fallback="INLINE"
          options={[
            { value: 'INLINE', label: 'Inline: in this execution' },
            { value: 'DISTRIBUTED', label: 'Distributed: for very long lists' },
          ]}
        />
        {mode === 'DISTRIBUTED' && (
          <>
            <JsonField
              pointer={`${pointer}/ItemReader`}
              label="Item reader"
              hint="Reads the items from a file or a listing."
            />
            <JsonField pointer={`${pointer}/ItemBatcher`} label="Item batcher" />
            <JsonField pointer={`${pointer}/ResultWriter`} label="Result writer" />
            <TextField pointer={`${pointer}/Label`} label="Label" />
          </>
        )}
      </Group>
    </>
  );
}
