import { PencilLine } from 'lucide-react';
import { InputForm } from '@/components/flows/InputForm';
import { Button } from '@/components/ui/Button';

interface ValueFieldProps {
  readonly label: string;
  readonly initial: string;
  readonly isOptional: boolean;
  /** Undefined while the value stays what it is. */
  readonly text: string | undefined;
  readonly onChange: (text: string | undefined) => void;
  readonly onSubmit: () => void;
}

/** A JSON value that a repair gives to a step: always, or in place of the one that the step had. */
export function ValueField({ label, initial, isOptional, text, onChange, onSubmit }: ValueFieldProps) {
  if (text === undefined)
    return (
      <div>
        <Button size="sm" onClick={() => onChange(initial)}>
          <PencilLine aria-hidden />
          Edit the input…
        </Button>
      </div>
    );
  return (
    <div className="flex flex-col gap-1">
      <div className="flex items-center justify-between">
        <span className="font-medium text-muted text-xs">{label}</span>
        {isOptional && (
          <Button size="sm" variant="ghost" onClick={() => onChange(undefined)}>
            Keep the input as it was
          </Button>
        )}
      </div>
      <InputForm text={text} onChange={onChange} label={label} onSubmit={onSubmit} />
    </div>
  );
}
