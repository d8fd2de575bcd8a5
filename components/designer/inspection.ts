import { useEffect, useMemo, useRef, useState } from 'react';
import { client } from '@/components/shell/client';
import { treeOf } from '@/lib/editor/tree';
import { type Located, queryLanguage, states } from '@/lib/flow/graph';
import type { Definition, State } from '@/lib/flow/model';
import type { Problem } from '@/lib/flow/problem';

/** How long typing must pause before the server is asked (milliseconds). */
const pause = 350;
/** Characters of one question; what is left is asked next. */
const most = 200_000;

/** What a task calls and is given, as text: equal texts get equal answers. */
type Call = string;

/**
 * What only the server can tell of the parameters of tasks, such as the syntax of their code. Each call is asked about
 * once; where the server cannot be asked nothing is said, and saving is refused there in any case.
 */
export function useInspection(definition: Definition): readonly Problem[] {
  const [known, setKnown] = useState<ReadonlyMap<Call, readonly Problem[]>>(new Map());
  const calls = useRef(new WeakMap<State, Call>());
  const asked = useMemo(() => callsIn(definition, calls.current), [definition]);
  // Talks to the server, once the typing pauses.
  useEffect(() => {
    const news = [...new Set(asked.map(({ call }) => call))].filter((call) => !known.has(call));
    if (news.length === 0) return;
    const stop = new AbortController();
    const ask = async () => {
      const answers = await inspected(upTo(most, news), stop.signal);
      setKnown((before) => new Map([...before, ...answers]));
    };
    const timer = setTimeout(() => void ask().catch(() => undefined), pause);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [asked, known]);
  return useMemo(
    () =>
      asked.flatMap(({ call, pointer }) =>
        (known.get(call) ?? []).map((problem) => ({ ...problem, pointer: pointer + problem.pointer })),
      ),
    [asked, known],
  );
}

function callsIn(definition: Definition, calls: WeakMap<State, Call>) {
  const found: { readonly call: Call; readonly pointer: string }[] = [];
  for (const located of states(definition)) {
    const { state, pointer } = located;
    if (state.Type !== 'Task') continue;
    const call = calls.get(state) ?? callOf(located);
    calls.set(state, call);
    found.push({ call, pointer });
  }
  return found;
}

function callOf(located: Located): Call {
  const { Resource, Arguments, Parameters } = treeOf(located.state);
  return JSON.stringify({
    Type: 'Task',
    QueryLanguage: queryLanguage(located),
    Resource,
    Arguments,
    Parameters,
    End: true,
  });
}

function upTo(characters: number, calls: readonly Call[]): readonly Call[] {
  let used = 0;
  return calls.filter((call, index) => {
    used += call.length;
    return index === 0 || used <= characters;
  });
}

/** The problems of each call, with pointers from its state on. */
async function inspected(
  calls: readonly Call[],
  signal: AbortSignal,
): Promise<ReadonlyMap<Call, readonly Problem[]>> {
  const members = calls.map((call, index) => `"${index}":${call}`);
  const source = `{"StartAt":"0","States":{${members.join(',')}}}`;
  const { problems } = await client.checkDefinition({ body: { source, format: 'json' } }, signal);
  const answers = new Map<Call, Problem[]>(calls.map((call) => [call, []]));
  for (const problem of problems) {
    const [, index = '', pointer] = /^\/States\/(\d+)(\/.*)$/.exec(problem.pointer) ?? [];
    const { code, severity, message, line } = problem;
    if (code !== 'TASK_PARAMETERS' || pointer === undefined) continue;
    const said = { code, severity, pointer, message, ...(line === undefined ? {} : { line }) } as const;
    answers.get(calls[Number(index)] ?? '')?.push(said);
  }
  return answers;
}
