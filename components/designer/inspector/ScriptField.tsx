import type { Language } from '@/components/code/languages';
import { useSession } from '../SessionContext';
import { type FieldProps, shown, useField } from './fields';
import { ScriptRow } from './ScriptRow';

/** Code as a string value. */
export function ScriptField({
  pointer,
  label,
  hint,
  language,
  className,
}: FieldProps & { readonly language: Language; readonly className?: string }) {
  const { value, problem, set, done } = useField(pointer);
  const line = useSession((state) => state.problems.find((one) => one.pointer === pointer)?.line);
  return (
    <ScriptRow
      label={label}
      hint={hint}
      error={problem}
      errorLine={line}
      language={language}
      value={shown(value)}
      placeholder=""
      onChange={set}
      onBlur={done}
      {...(className === undefined ? {} : { className })}
    />
  );
}
