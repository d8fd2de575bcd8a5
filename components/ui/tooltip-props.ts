import type { ReactNode } from 'react';

export interface TooltipProps {
  readonly text: ReactNode;
  readonly shortcut?: string;
  readonly side?: 'top' | 'right' | 'bottom' | 'left';
  /** The control that is explained: one element that hands its props on to the page. */
  readonly children: ReactNode;
}
