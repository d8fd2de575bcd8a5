import type { ReactNode } from 'react';

/** The title of a form, over what belongs to it. */
export function PaneHeader({
  icon,
  kind,
  children,
}: {
  readonly icon?: ReactNode;
  readonly kind: string;
  readonly children?: ReactNode;
}) {
  return (
    <header className="flex min-h-11 shrink-0 items-center gap-2 border-b px-4">
      {icon}
      <h2 className="font-medium text-sm">{kind}</h2>
      <div className="ml-auto flex items-center gap-1">{children}</div>
    </header>
  );
}

/** The fields of a form, one below the other; they scroll. */
export function Fields({ children }: { readonly children: ReactNode }) {
  return <div className="flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto px-4 py-4">{children}</div>;
}

/** Fields that belong together, under a heading. */
export function Group({
  title,
  aside,
  children,
}: {
  readonly title: string;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section aria-label={title} className="flex flex-col gap-3 border-t pt-4 first:border-t-0 first:pt-0">
      <div className="flex min-h-6 items-center">
        <h3 className="font-medium text-sm">{title}</h3>
        <div className="ml-auto">{aside}</div>
      </div>
      {children}
    </section>
  );
}
