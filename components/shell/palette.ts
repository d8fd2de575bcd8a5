import { useEffect } from 'react';
import { create } from 'zustand';

/** Something that can be done from the command palette. */
export interface Action {
  readonly label: string;
  readonly shortcut?: string;
  readonly run: () => void;
}

interface Palette {
  readonly open: boolean;
  readonly creating: boolean;
  /** Whether the list of keys is shown. */
  readonly shortcuts: boolean;
  /** What the page that is shown can do. */
  readonly pageActions: readonly Action[];
}

/** Whether the palette, the list of keys and the dialog for a new flow are open, and what the page adds to the palette. */
export const usePalette = create<Palette>(() => ({
  open: false,
  creating: false,
  shortcuts: false,
  pageActions: [],
}));

export function openPalette(open: boolean): void {
  usePalette.setState({ open });
}

export function openNewFlow(creating: boolean): void {
  usePalette.setState({ creating });
}

export function openShortcuts(shortcuts: boolean): void {
  usePalette.setState({ shortcuts });
}

/** Puts actions into the palette while the component is shown; give a stable list. */
export function usePageActions(actions: readonly Action[]): void {
  // Talks to the palette, which lives outside of the page.
  useEffect(() => {
    usePalette.setState({ pageActions: actions });
    return () => usePalette.setState({ pageActions: [] });
  }, [actions]);
}
