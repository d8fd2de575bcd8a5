import type { Contract } from '@/lib/api/contract';
import { ProblemSchema } from '@/lib/api/problem-schema';
import { ask, type Question, type Reply } from './asking';

const atOnce = 8;

/** Asks all of them, some at a time, and returns a line for each answer that is not as it must be. */
export async function faults(
  url: string,
  contract: Contract | undefined,
  questions: readonly Question[],
): Promise<string[]> {
  const found: string[] = [];
  const waiting = [...questions];
  const askOn = async () => {
    for (let question = waiting.pop(); question !== undefined; question = waiting.pop()) {
      const { method, path, body = '' } = question;
      const fault = faultOf(contract, method, await ask(url, question));
      if (fault === undefined) continue;
      found.push(`${method} ${path.slice(0, 160)} ${body.toString().slice(0, 200)}: ${fault}`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, askOn));
  return found;
}

/** A failure of ours, a refusal in another form than the documented one, or an answer that breaks the contract. */
export function faultOf(contract: Contract | undefined, method: string, reply: Reply): string | undefined {
  const { status, text } = reply;
  if (status >= 500) return `${status} ${text.slice(0, 300)}`;
  if (status >= 400) return faultOfRefusal(reply, method);
  if (status >= 300 || contract?.answer === undefined || method === 'HEAD') return undefined;
  const answer = contract.answer.safeParse(JSON.parse(text));
  return answer.success
    ? undefined
    : `${status} with an answer that breaks the contract: ${answer.error.message}`;
}

function faultOfRefusal({ status, headers, text }: Reply, method: string): string | undefined {
  const type = headers['content-type'] ?? '';
  if (!type.startsWith('application/problem+json')) return `${status} as "${type}": ${text.slice(0, 200)}`;
  if (method === 'HEAD') return undefined;
  const problem = ProblemSchema.safeParse(JSON.parse(text));
  if (
    problem.success &&
    problem.data.status === status &&
    problem.data.type.startsWith('urn:millrace:problem:')
  )
    return undefined;
  return `${status} without a problem document of ours: ${text.slice(0, 200)}`;
}
