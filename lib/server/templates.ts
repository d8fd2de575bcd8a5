import type { z } from 'zod';
import { auditTemplate } from '@/examples/booking/audit-flow';
import { bookingTemplate } from '@/examples/booking/flow';
import { groupBookingTemplate } from '@/examples/booking/group-flow';
import { approval } from '@/examples/templates/approval';
import { firstFlow } from '@/examples/templates/first-flow';
import type { Template } from '@/lib/api/resources';
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
function templates(): z.input<typeof Template>[] {
  const { MILLRACE_BOOKING: booking } = process.env;
  if (booking === undefined) return [firstFlow, approval];
  const urls = JSON.parse(booking);
  return [firstFlow, bookingTemplate(urls), groupBookingTemplate, approval, auditTemplate(urls)];
}
