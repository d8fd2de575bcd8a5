import { ErrorNames } from './ErrorNames';
import { TextField } from './fields';
import { JsonField } from './JsonField';
import { TargetField } from './TargetField';
import { useLanguage } from './use-language';

interface CatcherFieldsProps {
  /** The pointer of the catcher: `/States/A/Catch/0`. */
  readonly row: string;
  /** The pointer of its state. */
  readonly state: string;
}

/** Which errors a catcher takes, where it leads, and what is handed on. */
export function CatcherFields({ row, state }: CatcherFieldsProps) {
  const language = useLanguage(state);
  return (
    <>
      <ErrorNames pointer={`${row}/ErrorEquals`} label="Errors" />
      <TargetField pointer={`${row}/Next`} state={state} label="Go to" />
      {language === 'JSONata' ? (
        <JsonField
          pointer={`${row}/Output`}
          label="Output"
          hint="What is handed on; $states.errorOutput where it is empty."
        />
      ) : (
        <TextField pointer={`${row}/ResultPath`} label="Put the error at" isMono placeholder="$" />
      )}
    </>
  );
}
