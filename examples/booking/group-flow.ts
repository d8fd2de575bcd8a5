/** Books for several travellers at once: each journey is an execution of its own of the booking flow. */
export const groupBookingTemplate = {
  id: 'group-booking',
  title: 'Group booking',
  description:
    'Books a journey for each traveller, three at a time, by running the flow "Transactional booking" for each of them, and tells who travels and who stays at home.',
  tags: ['sub-flow', 'map'],
  /** Its flow runs the flow of this template by its title. */
  needs: ['booking'],
  definition: {
    Comment: 'Books a journey for each traveller',
    QueryLanguage: 'JSONata',
    StartAt: 'For each traveller',
    States: {
      'For each traveller': {
        Type: 'Map',
        Comment: 'Three journeys at a time. One that cannot be booked does not disturb the others.',
        Items: '{% $states.input.travellers %}',
        ItemSelector: {
          order: "{% $states.input.order & '-' & $string($states.context.Map.Item.Index + 1) %}",
          journey: '{% $states.input.journey %}',
          traveller: '{% $states.context.Map.Item.Value %}',
        },
        MaxConcurrency: 3,
        ItemProcessor: {
          StartAt: 'Book the journey',
          States: {
            'Book the journey': {
              Type: 'Task',
              Comment: 'An execution of its own, with a history and retries of its own.',
              Resource: 'millrace:flow',
              Arguments: {
                flow: 'Transactional booking',
                input:
                  '{% $merge([$states.input.journey, {"order": $states.input.order, "traveller": $states.input.traveller.name, "fail": $states.input.traveller.fail}]) %}',
              },
              Output:
                '{% $merge([{"traveller": $states.input.traveller.name}, $sift($states.result, function($v, $k) { $k in ["status", "order", "reason"] })]) %}',
              End: true,
            },
          },
        },
        Assign: { journeys: '{% [$states.result] %}' },
        Next: 'Does everybody travel?',
      },
      'Does everybody travel?': {
        Type: 'Choice',
        Choices: [
          { Condition: '{% $count($journeys[status = "booked"]) = $count($journeys) %}', Next: 'All travel' },
        ],
        Default: 'Some stay at home',
      },
      'All travel': {
        Type: 'Succeed',
        Output: { status: 'booked', travellers: '{% [$journeys.traveller] %}' },
      },
      'Some stay at home': {
        Type: 'Succeed',
        Output: {
          status: 'partly booked',
          travel: '{% [$journeys[status = "booked"].traveller] %}',
          stay: '{% [$journeys[status != "booked"].{"traveller": traveller, "reason": reason}] %}',
        },
      },
    },
  },
  inputs: [
    {
      title: 'One of five finds no hotel',
      input: groupOf(['Ada', 'Alan', 'Grace', 'Edsger', 'Barbara'], 'Grace'),
    },
    { title: 'Everybody travels', input: groupOf(['Ada', 'Alan', 'Barbara']) },
  ],
};

function groupOf(names: readonly string[], unlucky?: string) {
  return {
    order: 'G-7',
    journey: {
      train: { from: 'Hamburg', to: 'Berlin' },
      flight: { from: 'BER', to: 'LIS' },
      hotel: { city: 'Lisbon', nights: 3 },
    },
    travellers: names.map((name) => ({ name, fail: name === unlucky ? { hotel: 'always' } : {} })),
  };
}
