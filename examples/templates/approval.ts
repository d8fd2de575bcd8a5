/** An expense that a person approves by a button; when nobody does in time, somebody else is asked. */
export const approval = {
  id: 'approval',
  title: 'Approval',
  description:
    'Small expenses pass by themselves. For larger ones the flow waits until a person presses a button, or a program calls back with the task token; after a day the next person is asked.',
  tags: ['callback', 'people'],
  definition: {
    Comment: 'Asks people about an expense and goes on with their answer',
    QueryLanguage: 'JSONata',
    StartAt: 'Is it a small amount?',
    States: {
      'Is it a small amount?': {
        Type: 'Choice',
        Comment: 'Nobody is asked about less than 100.',
        Assign: { expense: '{% $states.input %}' },
        Choices: [
          {
            Condition: '{% $states.input.amount < 100 %}',
            Assign: { expense: '{% $states.input %}', by: 'rule: less than 100' },
            Next: 'Approved',
          },
        ],
        Default: 'Ask the team lead',
      },
      'Ask the team lead': {
        ...ask('team lead'),
        Comment: 'Waits for a day. Success approves, a failure named Rejected refuses.',
        TimeoutSeconds: 86_400,
        Catch: [
          { ErrorEquals: ['Rejected'], Assign: refusal('team lead'), Next: 'Refused' },
          { ErrorEquals: ['States.Timeout'], Comment: 'Nobody answered.', Next: 'Ask the head of finance' },
        ],
      },
      'Ask the head of finance': {
        ...ask('head of finance'),
        Comment: 'The last one who is asked: waits for as long as it takes.',
        Catch: [{ ErrorEquals: ['Rejected'], Assign: refusal('head of finance'), Next: 'Refused' }],
      },
      Approved: {
        Type: 'Succeed',
        Output: { status: 'approved', by: '{% $by %}', amount: '{% $expense.amount %}' },
      },
      Refused: {
        Type: 'Succeed',
        Output: {
          status: 'refused',
          by: '{% $by %}',
          reason: '{% $reason %}',
          amount: '{% $expense.amount %}',
        },
      },
    },
  },
  layout: {
    '/States/Is it a small amount?': { x: 0, y: 0 },
    '/States/Ask the team lead': { x: 288, y: 128 },
    '/States/Ask the head of finance': { x: 576, y: 256 },
    '/States/Approved': { x: 0, y: 384 },
    '/States/Refused': { x: 864, y: 384 },
  },
  inputs: [
    {
      title: 'A large expense waits for a person',
      input: { what: 'Standing desk', amount: 640, currency: 'EUR', who: 'Grace Hopper' },
    },
    {
      title: 'A small one passes by itself',
      input: { what: 'Train ticket', amount: 39, currency: 'EUR', who: 'Grace Hopper' },
    },
  ],
};

function ask(who: string) {
  return {
    Type: 'Task',
    Resource: 'millrace:callback',
    Arguments: {
      title: "{% 'Approve ' & $expense.what & ' for ' & $expense.who %}",
      instructions: "{% $expense.who & ' asks for ' & $expense.amount & ' ' & $expense.currency & '.' %}",
      data: '{% $expense %}',
    },
    Assign: { by: who },
    Next: 'Approved',
  };
}

function refusal(who: string) {
  return { by: who, reason: '{% $states.errorOutput.Cause %}' };
}
