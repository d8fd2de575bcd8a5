import type { ComponentProps } from 'react';
import { Button } from './Button';
import { Tooltip } from './Tooltip';

interface IconButtonProps extends Omit<ComponentProps<typeof Button>, 'size' | 'aria-label'> {
  /** What pressing does: the accessible name, and the tooltip. */
  readonly label: string;
  /** The key that does the same, shown in the tooltip. */
  readonly shortcut?: string;
  readonly size?: 'sm' | 'md';
}

/** A button that shows only an icon; its name is told to screen readers and in a tooltip. */
export function IconButton({ label, shortcut, size = 'md', variant = 'ghost', ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label} {...(shortcut === undefined ? {} : { shortcut })}>
      <Button aria-label={label} size={size === 'sm' ? 'iconSm' : 'icon'} variant={variant} {...rest} />
    </Tooltip>
  );
}
