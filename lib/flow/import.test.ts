import { expect, test } from 'vitest';
import { importText } from './import';
import { parse } from './parse';

const wait = 'StartAt: Rest\nStates:\n  Rest: # a moment\n    Type: Wait\n    Seconds: 1\n    End: true\n';

test('[F35] Amazon States Language stays as it was written', () => {
  expect(importText(wait)).toMatchObject({
    language: 'Amazon States Language',
    source: wait,
    format: 'yaml',
    states: 1,
    problems: [],
  });
});

test('[F35] CloudFlow becomes a definition in the format of the text, under its name', () => {
  const flow = { Type: 'StateMachine', Name: 'nap', SpecVersion: 'v1', StartAt: 'Rest' };
  const states = [{ Type: 'Wait', Name: 'Rest', Seconds: 1, End: true }];
  const imported = importText(JSON.stringify({ ...flow, States: states }));
  expect(imported).toMatchObject({ language: 'CloudFlow', format: 'json', name: 'nap', problems: [] });
  expect(parse(imported.source ?? '').ok).toBe(true);
  expect(
    importText('type: flow\nversion: v1\nsteps:\n  - type: wait\n    name: rest\n    duration: 1\n'),
  ).toMatchObject({ language: 'CloudFlow', format: 'yaml', problems: [] });
});

test('[F35] what cannot be saved has no source and says why, with the place', () => {
  const broken = wait.replace('Seconds: 1', 'Seconds: soon');
  const { source, problems } = importText(broken);
  expect(source).toBeUndefined();
  expect(problems.map(({ span, problem }) => [span.line, problem.severity])).toContainEqual([5, 'error']);
});

test('[F35] a text that is neither is refused in words', () => {
  for (const text of ['', '{', 'hello', '[1]', '{"Type":"StateMachine"}']) {
    const { source, problems } = importText(text);
    expect([text, source, problems.length > 0]).toEqual([text, undefined, true]);
  }
});
