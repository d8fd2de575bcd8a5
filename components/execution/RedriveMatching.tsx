'use client';

import { RotateCw } from 'lucide-react';
import { useState } from 'react';
import { client } from '@/components/shell/client';
import { toast } from '@/components/ui/toast';
import { type Matching, MatchingAction } from './MatchingAction';
import { signed } from './operator';
import { WhyField } from './WhyField';

const redrivable = ['failed', 'timedOut', 'stopped'] as const;
/** Who has stopped an execution meant it: stopped ones go on only where the list is of them alone. */
const unasked = ['failed', 'timedOut'] as const;

/** Lets all executions go on from their failures that the list's filters let through. */
export function RedriveMatching({ filter, counts }: Matching) {
  const [why, setWhy] = useState('');
  const { status } = filter;
  return (
    <MatchingAction
      filter={filter}
      counts={counts}
      statuses={status === undefined ? unasked : redrivable.filter((each) => each === status)}
      label="Redrive these executions…"
      icon={<RotateCw aria-hidden />}
      title={(count) => `Redrive ${count} executions?`}
      description="Each goes on from its failures: what has finished in it is kept, the failed steps run again, and what they call is called again with a new idempotency key."
      action="Redrive executions"
      tone="primary"
      act={async (meant) => {
        const { redriven, refused, refusals, more } = await client.redriveExecutions({
          body: { filter: meant, ...signed(why) },
        });
        const refusal = `${refusals.toLocaleString('en')} could not: ${refused[0]?.reason ?? ''}`;
        const description = [
          ...(refusals === 0 ? [] : [refusal]),
          ...(more ? ['There are more: redrive again.'] : []),
        ];
        toast.success(`${redriven.toLocaleString('en')} executions go on`, {
          description: description.join(' '),
        });
      }}
      failure="The executions were not redriven"
    >
      <WhyField value={why} onChange={setWhy} />
    </MatchingAction>
  );
}
