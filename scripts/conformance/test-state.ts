import type { Line, Miss } from './files';
export function judgeTestState(_line: Line): Miss[] {
  return [{ level: 1, what: 'not yet' }];
}
