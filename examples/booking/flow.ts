/** Where the three services listen. */
export interface BookingUrls {
  readonly train: string;
  readonly flight: string;
  readonly hotel: string;
}

/**
 * Books a train, a flight and a hotel, all three or none: when one fails for good, what was booked before it is cancelled in
 * reverse order. (The pattern is called a saga.)
 *
 * Why it is made like this:
 * - Every request carries the execution's own key, so a request that is sent again (a retry, a crash) books once.
 * - A booking whose answer was lost may have been made. So the way back begins with the step that failed itself, and the services
 *   take a cancellation of what they never booked, and refuse that booking when it arrives late.
 * - A cancellation has no Catch. It is tried again for minutes, and then the execution fails at that very step, where a person mends
 *   the service and presses Retry; a Fail state of its own would lead away from there.
 * - A journey that was cancelled in order ends in Succeed with status "cancelled": the flow did what it is for, and the list of
 *   failed executions holds only those that need a person.
 */
export function bookingTemplate(urls: BookingUrls) {
  return {
    id: 'booking',
    title: 'Transactional booking',
    description:
      'Books a train, a flight and a hotel: all three or none. When one fails for good, the others are cancelled in reverse order. Calls three real services that run beside Millrace.',
    tags: ['saga', 'retries', 'compensation'],
    definition: definitionFor(urls),
    layout,
    inputs,
  };
}

function definitionFor(urls: BookingUrls) {
  return {
    Comment: 'Books a train, a flight and a hotel: all three or none',
    QueryLanguage: 'JSONata',
    StartAt: 'Is the order complete?',
    States: {
      'Is the order complete?': {
        Type: 'Choice',
        Comment: 'Nothing is booked for an order that cannot be finished.',
        Choices: [
          {
            Condition:
              '{% $type($states.input.order) = "string" and $type($states.input.traveller) = "string" %}',
            Assign: { order: '{% $states.input %}', key: '{% $states.context.Execution.Id %}' },
            Next: 'Book the train',
          },
        ],
        Default: 'Order incomplete',
      },
      'Book the train': book(urls, 'train', 'Book the flight'),
      'Book the flight': book(urls, 'flight', 'Book the hotel'),
      'Book the hotel': book(urls, 'hotel', 'Journey booked'),
      'Journey booked': {
        Type: 'Succeed',
        Comment: 'All three are booked.',
        Output: {
          status: 'booked',
          order: '{% $order.order %}',
          train: '{% $train %}',
          flight: '{% $flight %}',
          hotel: '{% $hotel %}',
        },
      },
      'Cancel the hotel': cancel(urls, 'hotel', 'Cancel the flight'),
      'Cancel the flight': cancel(urls, 'flight', 'Cancel the train'),
      'Cancel the train': cancel(urls, 'train', 'Journey cancelled'),
      'Journey cancelled': {
        Type: 'Succeed',
        Comment: 'Nothing is booked any more. That is an orderly end, so it is no failure.',
        Output: {
          status: 'cancelled',
          order: '{% $order.order %}',
          failed: '{% $failed %}',
          error: '{% $error %}',
          reason: '{% $contains($reason, \'"detail"\') ? $parse($reason).detail : $reason %}',
        },
      },
      'Order incomplete': {
        Type: 'Fail',
        Comment: 'Whoever sent the order has to correct it.',
        Error: 'Booking.OrderIncomplete',
        Cause: 'An order needs the texts "order" and "traveller"; nothing was booked.',
      },
    },
  };
}

/** One booking. What may pass by itself is tried again, a refusal is not. */
function book(urls: BookingUrls, what: keyof BookingUrls, next: string) {
  return {
    Type: 'Task',
    Comment: `Books the ${what}. The key makes a repeated request harmless.`,
    Resource: 'millrace:http',
    Arguments: {
      method: 'POST',
      url: `${urls[what]}/bookings`,
      headers: { 'Idempotency-Key': '{% $key %}' },
      body: `{% {"order": $order.order, "traveller": $order.traveller, "details": $order.${what}, "fail": $order.fail.${what}, "delayMs": $order.delayMs.${what}} %}`,
      expectedStatus: [201],
      timeoutSeconds: 10,
    },
    Assign: { [what]: '{% $states.result.body.number %}' },
    Retry: [
      {
        Comment: 'Not there at the moment: again after 1, 2 and 4 seconds.',
        ErrorEquals: [
          'Http.ConnectionFailed',
          'Http.Status.429',
          'Http.Status.502',
          'Http.Status.503',
          'Http.Status.504',
          'States.Timeout',
        ],
        IntervalSeconds: 1,
        BackoffRate: 2,
        MaxAttempts: 3,
      },
    ],
    Catch: [
      {
        Comment: 'The answer may have been lost after the booking was made, so this one is cancelled too.',
        ErrorEquals: ['States.ALL'],
        Assign: {
          failed: what,
          error: '{% $states.errorOutput.Error %}',
          reason: '{% $states.errorOutput.Cause %}',
        },
        Next: `Cancel the ${what}`,
      },
    ],
    Next: next,
  };
}

/** Takes one booking back. It must come about, so it is tried for minutes; then a person is needed. */
function cancel(urls: BookingUrls, what: keyof BookingUrls, next: string) {
  return {
    Type: 'Task',
    Comment: `Takes the ${what} back. Cancelling twice, or what was never booked, does no harm.`,
    Resource: 'millrace:http',
    Arguments: {
      method: 'DELETE',
      url: `{% '${urls[what]}/bookings/' & $key %}`,
      timeoutSeconds: 10,
    },
    Retry: [
      {
        Comment:
          'Tried for about three minutes. After that the step fails, and a person mends the service and retries it.',
        ErrorEquals: ['States.ALL'],
        IntervalSeconds: 1,
        BackoffRate: 2,
        MaxDelaySeconds: 30,
        MaxAttempts: 10,
        JitterStrategy: 'FULL',
      },
    ],
    Next: next,
  };
}

/** The way there goes down at the left, the way back beside it: whatever fails leads straight down to its own cancellation. */
const layout = {
  '/States/Is the order complete?': { x: 0, y: 0 },
  '/States/Order incomplete': { x: 792, y: 128 },
  '/States/Book the train': { x: 0, y: 128 },
  '/States/Book the flight': { x: 0, y: 232 },
  '/States/Book the hotel': { x: 0, y: 336 },
  '/States/Journey booked': { x: 0, y: 440 },
  '/States/Cancel the hotel': { x: 264, y: 440 },
  '/States/Cancel the flight': { x: 396, y: 544 },
  '/States/Cancel the train': { x: 528, y: 648 },
  '/States/Journey cancelled': { x: 528, y: 752 },
};

const journey = {
  traveller: 'Ada Lovelace',
  train: { from: 'Hamburg', to: 'Berlin', date: '2027-05-14' },
  flight: { from: 'BER', to: 'LIS', date: '2027-05-14' },
  hotel: { city: 'Lisbon', nights: 3 },
};

const inputs = [
  { title: 'All three can be booked', input: { order: 'A-1001', ...journey } },
  {
    title: 'The hotel is sold out: flight and train are cancelled',
    input: { order: 'A-1002', ...journey, fail: { hotel: 'always' } },
  },
  {
    title: 'The train is unhealthy: given up after four attempts',
    input: { order: 'A-1003', ...journey, fail: { train: 'unavailable' } },
  },
  {
    title: 'The flight comes at the third attempt',
    input: { order: 'A-1004', ...journey, fail: { flight: 2 } },
  },
  {
    title: 'The answers of train and hotel are lost: still booked once',
    input: { order: 'A-1005', ...journey, fail: { train: 'lost-answer', hotel: 'lost-answer' } },
  },
  {
    title: 'Cancelling the flight takes three attempts',
    input: { order: 'A-1006', ...journey, fail: { hotel: 'always', flight: { cancel: 2 } } },
  },
];
