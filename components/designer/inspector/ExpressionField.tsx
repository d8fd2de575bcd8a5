import { type FieldProps, useField } from './fields';
import { ScriptRow } from './ScriptRow';

/** A JSONata expression, shown without the braces that it is written in. */
export function ExpressionField({ pointer, label, hint }: FieldProps) {
  const { value, problem, set, done } = useField(pointer);
  const text = typeof value === 'string' ? bare(value) : value === undefined ? '' : JSON.stringify(value);
  return (
    <ScriptRow
      label={label}
      hint={hint}
      error={problem}
      language="text"
      value={text}
      placeholder="$states.input.total > 100"
      onChange={(next) => set(`{% ${next} %}`)}
      onBlur={done}
      className="min-h-9 max-h-48"
    />
  );
}

function bare(value: string): string {
  return /^\{%\s?([\s\S]*?)\s?%\}$/.exec(value)?.[1] ?? value;
}
