'use client';

import dynamic from 'next/dynamic';
import { useEffect } from 'react';
import { fetchDialogs } from '@/components/ui/Dialog';
import { openPalette, usePalette } from './palette';

const fetchDialog = () => import('./PaletteDialog');
const PaletteDialog = dynamic(() => fetchDialog().then((module) => module.PaletteDialog), { ssr: false });

/** Ctrl K: go anywhere, do anything, by typing. */
export function CommandPalette() {
  const open = usePalette((state) => state.open);
  // Listens on the window: the key works wherever the focus is.
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      openPalette(!usePalette.getState().open);
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
  // Fetches it, and other dialogs, once the page has settled, so that nothing typed is lost to waiting.
  useEffect(() => {
    const timer = setTimeout(() => {
      fetchDialogs();
      void fetchDialog();
    }, 2500);
    return () => clearTimeout(timer);
  }, []);
  return open ? <PaletteDialog /> : null;
}
