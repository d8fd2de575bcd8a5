'use client';

import dynamic from 'next/dynamic';
import { useEffect } from 'react';
import { useToaster, wantToaster } from './toast';

const ToastPlace = dynamic(() => import('./ToastPlace').then((module) => module.ToastPlace), { ssr: false });
const rest = 4000;

/** Where short messages appear. It comes when the page is at rest, so that screen readers know it before the first message. */
export function Toaster() {
  const isWanted = useToaster((state) => state.isWanted);
  // Talks to the browser's clock.
  useEffect(() => {
    const timer = setTimeout(wantToaster, rest);
    return () => clearTimeout(timer);
  }, []);
  return isWanted ? <ToastPlace /> : null;
}
