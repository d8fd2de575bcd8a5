import type { Point } from '@/lib/editor/document';

/** The point of the screen under an element, where its menu opens. */
export function below(element: Element): Point {
  const { left, width, bottom } = element.getBoundingClientRect();
  return { x: left + width / 2, y: bottom + 4 };
}
