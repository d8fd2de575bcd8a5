import { createServer, type Server } from 'node:http';
import { type Answer, Refused, send } from './answer';
import { answerTo, type Service } from './routes';

/** An HTTP server for one service; it does not listen yet. */
export function serverOf(service: Service): Server {
  return createServer(async (request, response) => {
    try {
      // A page elsewhere that calls us by a name of its own is none of our clients.
      if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(request.headers.host ?? ''))
        throw new Refused(403, 'Forbidden', 'Call this service as 127.0.0.1 or localhost.');
      send(response, await answerTo(service, request));
    } catch (error) {
      if (response.headersSent || response.destroyed) return;
      send(response, failureOf(service, error));
    }
  });
}

function failureOf({ name }: Service, error: unknown): Answer {
  if (error instanceof Refused) return error.answer;
  if (isBadText(error))
    return new Refused(400, 'Bad request', 'The request holds text that cannot be stored (such as \\u0000).')
      .answer;
  const why = error instanceof Error ? error.message : String(error);
  console.error(`The ${name} service could not answer: ${why}`);
  return new Refused(503, 'Unavailable', `The ${name} service cannot reach its tables now. Try again.`, {
    'retry-after': '1',
  }).answer;
}

/** PostgreSQL's class 22: what it was given is no value of the type. */
function isBadText(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('22');
}
