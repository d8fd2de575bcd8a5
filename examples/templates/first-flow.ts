/** A flow that runs with nothing outside: reshapes data, decides, waits, and works through a list. */
export const firstFlow = {
  id: 'first-flow',
  title: 'First flow',
  description:
    'Prices an order line by line, decides whether it ships for free, and waits a moment. Needs nothing outside.',
  tags: ['start here'],
  definition: {
    Comment: 'Prices an order and decides how it ships',
    QueryLanguage: 'JSONata',
    StartAt: 'Price each line',
    States: {
      'Price each line': {
        Type: 'Map',
        Items: '{% $states.input.lines %}',
        ItemProcessor: {
          StartAt: 'Line total',
          States: {
            'Line total': {
              Type: 'Pass',
              Output:
                '{% $merge([$states.input, {"total": $states.input.price * $states.input.quantity}]) %}',
              End: true,
            },
          },
        },
        Assign: { total: '{% $sum($states.result.total) %}' },
        Next: 'Enough for free shipping?',
      },
      'Enough for free shipping?': {
        Type: 'Choice',
        Choices: [{ Condition: '{% $total >= 50 %}', Next: 'Ships for free' }],
        Default: 'Wait for the parcel fee',
      },
      'Wait for the parcel fee': { Type: 'Wait', Seconds: 2, Next: 'Ships with a fee' },
      'Ships for free': { Type: 'Succeed', Output: { total: '{% $total %}', shipping: 0 } },
      'Ships with a fee': { Type: 'Succeed', Output: { total: '{% $total + 4.9 %}', shipping: 4.9 } },
    },
  },
  inputs: [
    { title: 'A small order', input: { lines: [{ item: 'pencil', price: 1.5, quantity: 4 }] } },
    {
      title: 'A big order',
      input: {
        lines: [
          { item: 'pencil', price: 1.5, quantity: 4 },
          { item: 'atlas', price: 59, quantity: 1 },
        ],
      },
    },
  ],
};
