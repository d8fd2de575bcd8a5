import type { Exit } from './connect';
import type { Point } from './document';
import type { Way } from './route';
import type { Size } from './size';

export interface ShapeNode extends Size {
  readonly id: string;
}

/** The boxes and arrows of one machine, as the automatic layout needs them. Equal shapes are laid out equally. */
export interface Shape {
  /** The mark that the machine begins at, where it has a start. */
  readonly starts: readonly ShapeNode[];
  readonly states: readonly ShapeNode[];
  readonly edges: readonly {
    readonly id: string;
    readonly source: string;
    readonly target: string;
    readonly exit: Exit;
    readonly label?: Size;
  }[];
}

/** Where everything of one machine stands, measured from its corner. */
export interface Placement extends Size {
  readonly nodes: { readonly [id: string]: Point };
  /** The corners of the arrows; absent ones are led anew between their ends. */
  readonly ways: { readonly [edge: string]: Way };
  /** The middles of the labels. */
  readonly labels: { readonly [edge: string]: Point };
}
