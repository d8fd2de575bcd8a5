import type { BookingUrls } from './flow';

/** Reads what the three services hold, compares it, and says which journeys are whole. */
export function auditTemplate(urls: BookingUrls) {
  return {
    id: 'booking-audit',
    title: 'Booking audit',
    description:
      'Reads the newest bookings of the three services at the same time, compares them in JavaScript, looks again where a journey is not whole yet, and fails if it stays so.',
    tags: ['parallel', 'javascript', 'polling'],
    definition: {
      Comment: 'Checks that every journey has all three bookings or none',
      QueryLanguage: 'JSONata',
      StartAt: 'Read the services',
      States: {
        'Read the services': {
          Type: 'Parallel',
          Comment: 'All three at the same time; only what is compared is kept of their answers.',
          Branches: [read(urls, 'train'), read(urls, 'flight'), read(urls, 'hotel')],
          Output:
            '{% {"train": $states.result[0], "flight": $states.result[1], "hotel": $states.result[2]} %}',
          Next: 'Compare them',
        },
        'Compare them': {
          Type: 'Task',
          Comment: 'JavaScript, in a process of its own: its console lines are the log of this step.',
          Resource: 'millrace:function',
          Arguments: { code: compare, input: '{% $states.input %}' },
          Assign: {
            looks: '{% ($exists($looks) ? $looks : 0) + 1 %}',
            report: '{% $states.result %}',
          },
          Next: 'Is every journey whole?',
        },
        'Is every journey whole?': {
          Type: 'Choice',
          Choices: [
            { Condition: '{% $count($report.partial) = 0 %}', Next: 'All is well' },
            { Condition: '{% $looks >= 4 %}', Next: 'Journeys are broken' },
          ],
          Default: 'Give them time to end',
        },
        'Give them time to end': {
          Type: 'Wait',
          Comment: 'A journey that is being booked right now is not whole yet.',
          Seconds: 15,
          Next: 'Read the services',
        },
        'All is well': { Type: 'Succeed', Output: '{% $report %}' },
        'Journeys are broken': {
          Type: 'Fail',
          Error: 'Audit.PartlyBooked',
          Cause: "{% 'Not all three and not none: ' & $join($report.partial.what, '; ') %}",
        },
      },
    },
    inputs: [{ title: 'The newest 200 bookings of each service', input: {} }],
  };
}

function read(urls: BookingUrls, what: keyof BookingUrls) {
  const name = `Read the ${what}s`;
  return {
    StartAt: name,
    States: {
      [name]: {
        Type: 'Task',
        Resource: 'millrace:http',
        Arguments: { url: `${urls[what]}/bookings`, query: { newest: 200 }, timeoutSeconds: 10 },
        Output:
          '{% [$states.result.body.items.{"key": key, "order": order, "status": status, "at": bookedAt}] %}',
        Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 1, BackoffRate: 2, MaxAttempts: 4 }],
        End: true,
      },
    },
  };
}

const compare = `// What all three lists reach back to: an older booking of one has its partners beyond the end of another list.
const lists = Object.values(input);
const full = lists.filter((list) => list.length === 200);
const since = full.map((list) => list.at(-1).at).sort().at(-1) ?? '';

const journeys = new Map();
for (const [service, list] of Object.entries(input)) {
  for (const { key, order, status, at } of list) {
    const journey = journeys.get(key) ?? { order, began: at, held: [] };
    if (at < journey.began) journey.began = at;
    if (status === 'booked') journey.held.push(service);
    journeys.set(key, journey);
  }
}

const looked = [...journeys.values()].filter(({ began }) => began >= since);
const partial = looked
  .filter(({ held }) => held.length > 0 && held.length < 3)
  .map(({ order, held }) => ({ order, what: order + ' holds only ' + held.join(' and ') }));
for (const { what } of partial) console.warn(what);
const whole = looked.filter(({ held }) => held.length === 3).length;
console.log('Looked at ' + looked.length + ' journeys, ' + whole + ' are booked');
return { looked: looked.length, whole, cancelled: looked.length - whole - partial.length, partial };
`;
