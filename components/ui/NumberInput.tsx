'use client';

import { type ComponentProps, useState } from 'react';
import { Input } from './Input';

interface NumberInputProps
  extends Omit<ComponentProps<typeof Input>, 'type' | 'value' | 'onChange' | 'min' | 'max'> {
  /** Null: nothing stands there. */
  readonly value: number | null;
  readonly min: number;
  readonly max: number;
  readonly onChange: (value: number | null) => void;
}

/** A whole number, or nothing. What is typed stays as it is; only what is a number in the bounds is told. */
export function NumberInput({ value, min, max, onChange, ...rest }: NumberInputProps) {
  const [typed, setTyped] = useState<string>();
  const shown = typed ?? (value === null ? '' : String(value));
  return (
    <Input
      {...rest}
      inputMode="numeric"
      value={shown}
      aria-invalid={read(shown, min, max) === undefined ? true : undefined}
      onChange={(event) => {
        setTyped(event.target.value);
        const next = read(event.target.value, min, max);
        if (next !== undefined) onChange(next);
      }}
      onBlur={() => setTyped(undefined)}
    />
  );
}

function read(text: string, min: number, max: number): number | null | undefined {
  if (text.trim() === '') return null;
  const value = Number(text);
  return Number.isInteger(value) && value >= min && value <= max ? value : undefined;
}
