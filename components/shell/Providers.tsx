'use client';

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { ThemeProvider } from 'next-themes';
import { type ReactNode, useState } from 'react';
import { Toaster } from '@/components/ui/Toaster';
import { ApiProblem } from '@/lib/api/client';

/** Asking again helps only where nobody answered: what the server refused it will refuse again. */
function mayAskAgain(times: number, problem: Error): boolean {
  return problem instanceof ApiProblem && problem.kind === 'unreachable' && times < 2;
}

/** A computer without a network still reaches the Millrace that runs on it: what the browser says of the network counts nothing. */
const networkMode = 'always';
const defaultOptions = {
  queries: { networkMode, retry: mayAskAgain, staleTime: 2000 },
  mutations: { networkMode },
} as const;

interface ProvidersProps {
  /** Of the inline script that sets the theme before anything is drawn. */
  readonly nonce: string | undefined;
  readonly children: ReactNode;
}

export function Providers({ nonce, children }: ProvidersProps) {
  const [queries] = useState(() => new QueryClient({ defaultOptions }));
  return (
    <ThemeProvider
      attribute="class"
      defaultTheme="system"
      enableSystem
      disableTransitionOnChange
      {...(nonce === undefined ? {} : { nonce })}
    >
      <QueryClientProvider client={queries}>
        {children}
        <Toaster />
      </QueryClientProvider>
    </ThemeProvider>
  );
}
