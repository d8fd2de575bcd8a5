import { Button } from './Button';

interface FormButtonsProps {
  /** The verb: `Rename flow`. */
  readonly action: string;
  /** Whether it may be done as the form is filled in. */
  readonly disabled?: boolean;
  readonly busy: boolean;
  /** Why it was not done. */
  readonly error?: string | undefined;
  /** Leaves the form; absent where there is nothing to go back to. */
  readonly onCancel?: () => void;
  readonly cancel?: string;
}

/** The end of a form: why it could not be sent, and the buttons that leave it and send it. */
export function FormButtons({
  action,
  disabled = false,
  busy,
  error,
  onCancel,
  cancel = 'Cancel',
}: FormButtonsProps) {
  return (
    <>
      {error !== undefined && (
        <p role="alert" className="text-sm text-status-failed">
          {error}
        </p>
      )}
      <div className="flex justify-end gap-2">
        {onCancel !== undefined && <Button onClick={onCancel}>{cancel}</Button>}
        <Button type="submit" variant="primary" disabled={busy || disabled}>
          {action}
        </Button>
      </div>
    </>
  );
}
