import { expect, it } from 'vitest';
import type { LiveLine } from './live';
import { joinLines } from './log-lines';

const line = (at: number, text: string): LiveLine => ({ step: 2, attempt: 1, at, level: 'info', text });

it('a line that was both read and heard is shown once, one that was said twice is shown twice', () => {
  const read = [line(1, 'asked'), line(2, 'again'), line(2, 'again')];
  const heard = [line(2, 'again'), line(2, 'again'), line(3, 'answered')];

  expect(joinLines(read, heard)).toEqual([
    line(1, 'asked'),
    line(2, 'again'),
    line(2, 'again'),
    line(3, 'answered'),
  ]);
});
