/** The mark of the product: a wheel that a stream turns. */
export function Mark({ className }: { readonly className?: string }) {
  return (
    <svg viewBox="0 0 24 24" fill="none" className={className} aria-hidden="true">
      <circle cx="12" cy="10" r="7" className="stroke-foreground" strokeWidth="2" />
      <path
        d="M12 3v14M5 10h14M7.05 5.05l9.9 9.9M16.95 5.05l-9.9 9.9"
        className="stroke-foreground"
        strokeWidth="1.4"
      />
      <circle cx="12" cy="10" r="2" className="fill-surface stroke-foreground" strokeWidth="1.4" />
      <path
        d="M1.5 20.5c1.75 1.4 3.5 1.4 5.25 0s3.5-1.4 5.25 0 3.5 1.4 5.25 0 3.5-1.4 5.25 0"
        className="stroke-ring"
        strokeWidth="2"
        strokeLinecap="round"
      />
    </svg>
  );
}
