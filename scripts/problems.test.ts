import { expect, test } from 'vitest';
import { problemCodes } from '@/lib/flow/problem-codes';

/** docs/problems.md lists the codes as they are: `npx vitest run --project unit scripts/problems.test.ts -u` writes it anew. */
test('[F20] every problem code is documented in the words of the code', async () => {
  const rows = Object.entries(problemCodes).map(([code, meaning]) => `| \`${code}\` | ${meaning} |`);
  const page = [
    '# Problems of a definition',
    '',
    'What `check`, the editor and `POST /api/v1/check` say of a definition. Codes are stable. Each problem comes with a JSON Pointer to its place,',
    'a severity (an error keeps the definition from being run, a warning does not), a sentence that says what to do, where it is in the text (line',
    'and column, inside an expression too), and often a fix that can be applied.',
    '',
    '| code | what it means |',
    '| --- | --- |',
    ...rows,
    '',
  ].join('\n');
  await expect(page).toMatchFileSnapshot('../docs/problems.md');
});
