import type { ReactNode } from 'react';

export interface ComboboxProps {
  readonly value: string;
  readonly options: readonly {
    readonly value: string;
    readonly label: string;
    readonly icon?: ReactNode;
    readonly hint?: string;
  }[];
  readonly onChange: (value: string) => void;
  /** The accessible name of the control and of its search field. */
  readonly label: string;
  readonly placeholder?: string;
  /** Said where nothing matches. */
  readonly empty?: string;
  readonly id?: string;
  readonly disabled?: boolean;
  readonly className?: string;
}
