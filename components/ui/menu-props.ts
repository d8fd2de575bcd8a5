import type { ReactNode } from 'react';

/** One line of a menu: something to do, or a line between groups. */
export type MenuItem =
  | {
      readonly label: string;
      readonly icon?: ReactNode;
      readonly shortcut?: string;
      readonly tone?: 'danger';
      readonly disabled?: boolean;
      readonly onSelect: () => void;
    }
  | 'separator';

export interface DropdownMenuProps {
  /** One element that takes a ref. */
  readonly trigger: ReactNode;
  readonly items: readonly MenuItem[];
  readonly align?: 'start' | 'center' | 'end';
}
