'use client';

import { useState } from 'react';
import type { DialogProps } from './dialog-props';
import { later } from './later';

const panel = later(() => import('./DialogPanel').then((module) => module.DialogPanel));

/** Fetches what draws dialogs ahead of the first of them. */
export const fetchDialogs = panel.ahead;

/** A question or a form over the page; Escape and the cross leave it and change nothing. */
export function Dialog(props: DialogProps) {
  // From then on it stays, so that it is there while it closes.
  const [wasOpen, setWasOpen] = useState(props.open);
  if (props.open && !wasOpen) setWasOpen(true);
  const DialogPanel = panel.useIt(wasOpen);
  return DialogPanel === undefined ? null : <DialogPanel {...props} />;
}
