import { expect, it } from 'vitest';
import type { Definition } from '@/lib/flow/model';
import { awsHistory } from './aws-history';
import { type Answers, TestWorld } from './testing-world';

function told(definition: Definition, answers: Answers): string[] {
  const world = new TestWorld({ definition, answers });
  return awsHistory(world.settle().events).map(
    ({ id, previousEventId, type }) => `${id}<${previousEventId} ${type}`,
  );
}

const task = (Resource: string): Definition => ({
  StartAt: 'It',
  States: { It: { Type: 'Task', Resource, End: true } },
});

it('[E29] what is called directly has events of its own names', () => {
  const answers: Answers = () => ({ output: 1 });
  expect(told(task('arn:aws:lambda:x:1:function:f'), answers).slice(2, 5)).toEqual([
    '3<2 LambdaFunctionScheduled',
    '4<3 LambdaFunctionStarted',
    '5<4 LambdaFunctionSucceeded',
  ]);
  expect(told(task('arn:aws:states:x:1:activity:a'), answers)[2]).toBe('3<2 ActivityScheduled');
});

it('[E29] a call to what does not exist is not told', () => {
  const answers: Answers = () => ({ error: 'States.Runtime', cause: 'There is no such activity.' });
  expect(told(task('arn:aws:states:x:1:activity:a'), answers)).toEqual([
    '1<0 ExecutionStarted',
    '2<0 TaskStateEntered',
    '3<2 ExecutionFailed',
  ]);
});

it('[E29] a result that is too large is named by what has answered', () => {
  const causeOf = (resource: string) =>
    new TestWorld({ definition: task(resource), answers: () => ({ output: 'x'.repeat(262_144) }) }).settle()
      .execution.failure?.cause;
  expect(causeOf('arn:aws:states:::lambda:invoke')).toContain("The state/task 'lambda' returned");
  expect(causeOf('arn:aws:lambda:x:1:function:f')).toContain(
    "The state/task 'arn:aws:lambda:x:1:function:f'",
  );
});
