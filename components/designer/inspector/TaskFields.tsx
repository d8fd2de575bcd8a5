import { isObject } from '@/lib/expression/json';
import type { TaskState } from '@/lib/flow/model';
import { kindNamed } from '@/lib/flow/task-kinds';
import { useBench } from '../SessionContext';
import { TextField } from './fields';
import { JsonField } from './JsonField';
import { SchemaFields } from './SchemaFields';
import { useLanguage } from './use-language';

interface TaskFieldsProps {
  readonly pointer: string;
  readonly state: TaskState;
}

/** What a Task calls and with what: the form comes from the task kind's schema. */
export function TaskFields({ pointer, state }: TaskFieldsProps) {
  const { kinds } = useBench();
  const language = useLanguage(pointer);
  const kind = kindNamed(kinds, state.Resource);
  const parameters = `${pointer}/${language === 'JSONata' ? 'Arguments' : 'Parameters'}`;
  const given = language === 'JSONata' ? state.Arguments : state.Parameters;
  if (kind === undefined)
    return (
      <>
        <TextField
          pointer={`${pointer}/Resource`}
          label="Resource"
          isRequired
          isMono
          hint="The name of a task kind, or an ARN."
        />
        <JsonField pointer={parameters} label={language === 'JSONata' ? 'Arguments' : 'Parameters'} />
      </>
    );
  return (
    <>
      <p className="text-muted text-xs">{kind.description}</p>
      {given === undefined || isObject(given) ? (
        <SchemaFields schema={kind.parameters} pointer={parameters} language={language} />
      ) : (
        <JsonField pointer={parameters} label="Arguments" />
      )}
    </>
  );
}
