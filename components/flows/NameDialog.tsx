'use client';

import { useState } from 'react';
import { useSubmit } from '@/components/shell/use-submit';
import { Dialog } from '@/components/ui/Dialog';
import { Field } from '@/components/ui/Field';
import { FormButtons } from '@/components/ui/FormButtons';
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
  const form = useSubmit(async () => {
    await onSubmit(name.trim());
    onClose();
  });
  return (
    <form onSubmit={form.onSubmit} className="flex flex-col gap-4">
      <Field label="Name" error={form.error}>
        {(ids) => (
          <Input
            {...ids}
            value={name}
            maxLength={80}
            placeholder="Book a trip"
            onChange={(event) => {
              setName(event.target.value);
              form.forgive();
            }}
          />
        )}
      </Field>
      <FormButtons action={action} disabled={name.trim() === ''} busy={form.busy} onCancel={onClose} />
    </form>
  );
}
