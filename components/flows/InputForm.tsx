'use client';

import dynamic from 'next/dynamic';
import { Skeleton } from '@/components/ui/Skeleton';
import type { Json } from '@/lib/expression/json';

const JsonEditor = dynamic(() => import('@/components/ui/JsonEditor').then((module) => module.JsonEditor), {
  ssr: false,
  loading: () => <Skeleton className="h-64" />,
});

type Parsed = { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly reason: string };

/** The value of a text, or what is wrong with it in a sentence. */
export function parseJson(text: string): Parsed {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { ok: false, reason: `This is not JSON yet: ${reason}.` };
  }
}

interface InputFormProps {
  readonly text: string;
  readonly onChange: (text: string) => void;
  /** What the JSON is: the accessible name of the editor. */
  readonly label: string;
  readonly onSubmit?: () => void;
}

/** An editor for a JSON value that says what is wrong while one types. */
export function InputForm({ text, onChange, label, onSubmit }: InputFormProps) {
  const parsed = parseJson(text);
  return (
    <div className="flex flex-col gap-1.5">
      <JsonEditor
        value={text}
        onChange={onChange}
        label={label}
        invalid={!parsed.ok}
        className="h-64"
        {...(onSubmit === undefined ? {} : { onSubmit })}
      />
      <p role="status" className="min-h-4 text-status-failed text-xs">
        {parsed.ok ? '' : parsed.reason}
      </p>
    </div>
  );
}
