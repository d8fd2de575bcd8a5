import { contracts } from '@/lib/api/contracts';
import { door } from '@/lib/server/door';
import { tryState } from '@/lib/server/state-test';

export const dynamic = 'force-dynamic';

export const POST = door(contracts.testState, tryState);
