'use client';

import { ErrorState } from '@/components/ui/Notice';

interface ErrorPageProps {
  readonly error: Error;
  readonly reset: () => void;
}

/** What is shown in place of a page that broke; the shell around it goes on working. */
export default function ErrorPage({ error, reset }: ErrorPageProps) {
  return (
    <ErrorState
      className="flex-1 justify-center"
      title="This page broke"
      detail={`${error.message} Nothing that runs on the server is affected.`}
      onRetry={reset}
    />
  );
}
