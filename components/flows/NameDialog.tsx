'use client';

import { type FormEvent, useState } from 'react';
import { sentenceOf } from '@/components/shell/tell';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import { Field } from '@/components/ui/Field';
import { Input } from '@/components/ui/Input';

interface NameDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  readonly description?: string;
  readonly action: string;
  readonly initial: string;
  /** Does it; what it rejects with is shown at the field. */
  readonly onSubmit: (name: string) => Promise<void>;
}

/** Asks for a name. */
export function NameDialog({
  open,
  onOpenChange,
  title,
  description,
  action,
  initial,
  onSubmit,
}: NameDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={title}
      {...(description === undefined ? {} : { description })}
    >
      <NameForm action={action} initial={initial} onSubmit={onSubmit} onClose={() => onOpenChange(false)} />
    </Dialog>
  );
}

interface NameFormProps extends Pick<NameDialogProps, 'action' | 'initial' | 'onSubmit'> {
  readonly onClose: () => void;
}

function NameForm({ action, initial, onSubmit, onClose }: NameFormProps) {
  const [name, setName] = useState(initial);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      await onSubmit(name.trim());
      onClose();
    } catch (problem) {
      setError(sentenceOf(problem));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
      <Field label="Name" error={error}>
        {(ids) => (
          <Input
            {...ids}
            value={name}
            maxLength={80}
            placeholder="Book a trip"
            onChange={(event) => {
              setName(event.target.value);
              setError(undefined);
            }}
          />
        )}
      </Field>
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" disabled={busy || name.trim() === ''}>
          {action}
        </Button>
      </div>
    </form>
  );
}
