'use client';

import { useEffect } from 'react';
import { later } from './later';
import { useToaster, wantToaster } from './toast';

const place = later(() => import('./ToastPlace').then((module) => module.ToastPlace));
const rest = 4000;

/** Where short messages appear. It comes when the page is at rest, so that screen readers know it before the first message. */
export function Toaster() {
  const isWanted = useToaster((state) => state.isWanted);
  const ToastPlace = place.useIt(isWanted);
  // Talks to the browser's clock.
  useEffect(() => {
    const timer = setTimeout(wantToaster, rest);
    return () => clearTimeout(timer);
  }, []);
  return ToastPlace === undefined ? null : <ToastPlace />;
}
