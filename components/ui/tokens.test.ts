import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { stepStatuses } from '@/lib/monitor/status';

const css = readFileSync(new URL('../../app/globals.css', import.meta.url), 'utf8');

function tokens(selector: string): ReadonlyMap<string, string> {
  const block = css.slice(css.indexOf(`${selector} {`)).split('}')[0] ?? '';
  return new Map(
    [...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name = '', hex = '']) => [name, hex]),
  );
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const grounds = ['background', 'surface', 'sunken', 'hover'];
const pairs = [
  ...['foreground', 'muted', 'faint', 'accent-text'].flatMap((text) =>
    grounds.map((ground) => [text, ground]),
  ),
  ...['key', 'string', 'number', 'keyword'].flatMap((name) =>
    grounds.map((ground) => [`syntax-${name}`, ground]),
  ),
  ...stepStatuses.flatMap((status) =>
    [...grounds, `status-${status}-soft`].map((ground) => [`status-${status}`, ground]),
  ),
  ...['muted', 'foreground', 'faint'].flatMap((text) => [[text, 'status-failed-soft']]),
  ['accent-text', 'accent-soft'],
  ['accent-foreground', 'accent'],
  ['accent-foreground', 'accent-hover'],
  ['danger-foreground', 'danger'],
  ['danger-foreground', 'danger-hover'],
];

describe.each([
  ['light', ':root'],
  ['dark', '.dark'],
])('%s theme', (_name, selector) => {
  const theme = tokens(selector);
  const of = (name: string): string => {
    const hex = theme.get(name);
    if (hex === undefined) throw new Error(`app/globals.css has no --${name} in ${selector}`);
    return hex;
  };

  it('every text can be read on every ground it stands on (WCAG AA, 4.5 : 1)', () => {
    const poor = pairs
      .map(([text = '', ground = '']) => ({ text, ground, ratio: contrast(of(text), of(ground)) }))
      .filter(({ ratio }) => ratio < 4.5);

    expect(poor).toEqual([]);
  });
});
