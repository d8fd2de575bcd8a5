import { contracts } from '@/lib/api/contracts';
import { door } from '@/lib/server/door';
import { listExecutions } from '@/lib/server/executions';

export const dynamic = 'force-dynamic';

export const GET = door(contracts.listExecutions, listExecutions);
