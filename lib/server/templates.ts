import { bookingTemplate } from '@/examples/booking/flow';
import { firstFlow } from '@/examples/templates/first-flow';
import { found } from './refusal';

/** The gallery, in the order in which it is shown. */
export async function listTemplates() {
  return { items: templates() };
}

/** One template by its id. Throws Refusal. */
export function templateNamed(id: string) {
  return found(
    templates().find((template) => template.id === id),
    `template "${id}"`,
  );
}

/** What calls the example services is offered where they run: scripts/start says where they listen. */
function templates() {
  const { MILLRACE_BOOKING: booking } = process.env;
  return [firstFlow, ...(booking === undefined ? [] : [bookingTemplate(JSON.parse(booking))])];
}
