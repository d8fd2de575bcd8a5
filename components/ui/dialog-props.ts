import type { ReactNode } from 'react';

export interface DialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  readonly description?: ReactNode;
  readonly children?: ReactNode;
  /** The row of buttons at the bottom. */
  readonly footer?: ReactNode;
  readonly size?: 'md' | 'lg' | 'xl';
}
