import { firstFlow } from '@/examples/templates/first-flow';
import { found } from './refusal';

const templates = [firstFlow];

/** The gallery, in the order in which it is shown. */
export async function listTemplates() {
  return { items: templates };
}

/** One template by its id. Throws Refusal. */
export function templateNamed(id: string) {
  return found(
    templates.find((template) => template.id === id),
    `template "${id}"`,
  );
}
