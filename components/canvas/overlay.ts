import type { ComponentType } from 'react';

/**
 * What an execution lays over the canvas. The canvas knows no statuses: it draws the component in each card's fixed
 * place, and asks the hooks for the colours of card and arrow. All of them are called in a component of the one state
 * or arrow that they are asked about, so each may subscribe to its own slice only.
 */
export interface Overlay {
  /** Icon and word of the state's status; a number of iterations; nothing where it was not reached. */
  readonly Status: ComponentType<{ readonly pointer: string; readonly name: string }>;
  /** Class names for the card or frame of a state (border and ground); undefined for the usual look. A hook. */
  readonly useLook?: (pointer: string, name: string) => string | undefined;
  /** Whether the execution went along an arrow (by the pointer of its target's field). A hook. */
  readonly useTaken?: (edge: string) => boolean;
}
