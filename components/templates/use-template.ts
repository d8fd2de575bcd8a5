import { client } from '@/components/shell/client';
import { ApiProblem } from '@/lib/api/client';
import type { FlowSummary, Template } from '@/lib/api/resources';

/** Makes a flow of a template; where its name is taken already, the next free `Name 2`, `Name 3` … */
export async function createFromTemplate(template: Template): Promise<FlowSummary> {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? template.title : `${template.title} ${number}`;
    try {
      return await client.createFlow({ body: { template: template.id, name } });
    } catch (problem) {
      if (!(problem instanceof ApiProblem) || problem.kind !== 'name-taken' || number === 50) throw problem;
    }
  }
}
