import dynamic from 'next/dynamic';
import { type ReactNode, useId, useMemo } from 'react';
import type { Language } from '@/components/code/languages';
import { Skeleton } from '@/components/ui/Skeleton';

const CodeField = dynamic(() => import('@/components/code/CodeField').then((module) => module.CodeField), {
  ssr: false,
  loading: () => <Skeleton className="h-16" />,
});

interface ScriptRowProps {
  readonly label: string;
  readonly hint: ReactNode;
  readonly error: string | undefined;
  /** The line of the code that the error is about, from 1. */
  readonly errorLine?: number | undefined;
  readonly language: Language;
  readonly value: string;
  readonly placeholder: string;
  readonly onChange: (value: string) => void;
  readonly onBlur: () => void;
  readonly className?: string;
}

/** A labelled editor for code, with its hint or what is wrong with it. */
export function ScriptRow({
  label,
  hint,
  error,
  errorLine,
  language,
  value,
  placeholder,
  onChange,
  onBlur,
  className = 'min-h-16 max-h-72',
}: ScriptRowProps) {
  const id = useId();
  const said = error ?? hint;
  const mark = useMemo(
    () => (error === undefined || errorLine === undefined ? undefined : { line: errorLine, message: error }),
    [error, errorLine],
  );
  return (
    <div className="flex flex-col gap-1">
      <span className="font-medium text-muted text-xs">{label}</span>
      <CodeField
        label={label}
        language={language}
        value={value}
        placeholder={placeholder}
        onChange={onChange}
        onBlur={onBlur}
        mark={mark}
        aria-describedby={`${id}-said`}
        aria-invalid={error !== undefined}
        className={className}
      />
      {said !== undefined && (
        <p
          id={`${id}-said`}
          className={error === undefined ? 'text-faint text-xs' : 'text-status-failed text-xs'}
        >
          {said}
        </p>
      )}
    </div>
  );
}
