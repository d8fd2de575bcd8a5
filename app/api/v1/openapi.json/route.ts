import { openApiDocument } from '@/lib/api/openapi';

/** The document is made from the contracts alone, so it is made once, when the app is built. */
export const dynamic = 'force-static';

export function GET(): Response {
  return Response.json(openApiDocument());
}
