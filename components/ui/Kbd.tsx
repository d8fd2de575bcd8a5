import { cn } from './cn';

/** A key or a chord, such as `Ctrl K`. */
export function Kbd({ keys, className }: { readonly keys: string; readonly className?: string }) {
  return (
    <kbd
      className={cn(
        'inline-flex h-4.5 items-center rounded-sm border bg-sunken px-1 text-[11px] leading-none text-muted',
        className,
      )}
    >
      {keys}
    </kbd>
  );
}
