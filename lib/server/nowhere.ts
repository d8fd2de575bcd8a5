import { refuse } from './door';
import { Refusal } from './refusal';
import { responseOf } from './reply';

/** Answers what no address of the API takes. */
export async function nowhere(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  const why = `The API has no address ${pathname}; /api/v1/openapi.json lists all of them.`;
  return responseOf(refuse(new Refusal('not-found', why)));
}
