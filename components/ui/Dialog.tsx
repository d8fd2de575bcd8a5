'use client';

import { lazy, Suspense, useState } from 'react';
import type { DialogProps } from './dialog-props';

const fetchPanel = () => import('./DialogPanel');
const DialogPanel = lazy(() => fetchPanel().then((module) => ({ default: module.DialogPanel })));

/** Fetches what draws dialogs ahead of the first of them. */
export function fetchDialogs() {
  void fetchPanel();
}

/** A question or a form over the page; Escape and the cross leave it and change nothing. */
export function Dialog(props: DialogProps) {
  // From then on it stays, so that it is there while it closes.
  const [wasOpen, setWasOpen] = useState(props.open);
  if (props.open && !wasOpen) setWasOpen(true);
  if (!wasOpen) return null;
  return (
    <Suspense fallback={null}>
      <DialogPanel {...props} />
    </Suspense>
  );
}
