import { type FormEvent, useState } from 'react';
import { sentenceOf } from './tell';

/** Sends a form: once at a time, and what `send` rejects with is kept as a sentence until the next try. */
export function useSubmit(send: () => Promise<void>) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const submit = async () => {
    setBusy(true);
    setError(undefined);
    try {
      await send();
    } catch (problem) {
      setError(sentenceOf(problem));
    } finally {
      setBusy(false);
    }
  };
  return {
    busy,
    error,
    forgive: () => setError(undefined),
    onSubmit: (event: FormEvent) => {
      event.preventDefault();
      if (!busy) void submit();
    },
  };
}
