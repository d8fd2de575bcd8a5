/** JSONata's brackets would flatten a list inside, so an item that may be one travels in an object. */
export function listText(texts: readonly string[]): string {
  return `$map([${texts.map((text) => `{"value": ${text}}`).join(', ')}], function($item) { $item.value })[]`;
}
