import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/Button';
import { IconButton } from '@/components/ui/IconButton';
import { Input } from '@/components/ui/Input';
import { isObject, type Json } from '@/lib/expression/json';
import { type FieldProps, useField } from './fields';
import { JsonField } from './JsonField';

/** Names and values (headers, query), one pair a row. */
export function PairsField(props: FieldProps) {
  const { pointer, label, hint } = props;
  const { value, problem, set, done } = useField(pointer);
  const [names, setNames] = useState<{
    readonly of: Json | undefined;
    readonly rows: readonly (readonly [string, Json])[];
  }>();
  if (value !== undefined && !isObject(value)) return <JsonField {...props} />;
  // While a name is typed it may be empty or stand twice, which an object cannot hold: the rows are kept beside it.
  const rows = names !== undefined && names.of === value ? names.rows : Object.entries(value ?? {});
  const write = (next: readonly (readonly [string, Json])[]) => {
    const object = Object.fromEntries(next.filter(([name]) => name !== ''));
    const written = Object.keys(object).length === 0 ? undefined : object;
    set(written);
    setNames({ of: written, rows: next });
  };
  const replace = (index: number, row: readonly [string, Json]) =>
    write(rows.map((old, at) => (at === index ? row : old)));
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1 font-medium text-muted text-xs">{label}</legend>
      {rows.map(([name, one], index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is what stands at its place; its name changes while it is typed
        <div key={index} className="flex gap-1">
          <Input
            aria-label={`${label} ${index + 1} name`}
            className="w-2/5"
            placeholder="name"
            value={name}
            onChange={(event) => replace(index, [event.target.value, one])}
            onBlur={done}
          />
          <Input
            aria-label={`${label} ${index + 1} value`}
            className="flex-1"
            placeholder="value"
            value={typeof one === 'string' ? one : JSON.stringify(one)}
            onChange={(event) => replace(index, [name, event.target.value])}
            onBlur={done}
          />
          <IconButton
            size="sm"
            label={`Remove ${name === '' ? 'this row' : name}`}
            className="mt-0.5"
            onClick={() => write(rows.filter((_, at) => at !== index))}
          >
            <X aria-hidden />
          </IconButton>
        </div>
      ))}
      <Button
        size="sm"
        variant="ghost"
        className="self-start"
        aria-label={`Add to ${label}`}
        onClick={() => setNames({ of: value, rows: [...rows, ['', '']] })}
      >
        <Plus aria-hidden /> Add
      </Button>
      {(problem ?? hint) !== undefined && (
        <p className={problem === undefined ? 'text-faint text-xs' : 'text-status-failed text-xs'}>
          {problem ?? hint}
        </p>
      )}
    </fieldset>
  );
}
