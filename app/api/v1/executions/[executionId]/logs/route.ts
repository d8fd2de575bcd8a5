import { contracts } from '@/lib/api/contracts';
import { door } from '@/lib/server/door';
import { listLogs } from '@/lib/server/executions';

export const dynamic = 'force-dynamic';

export const GET = door(contracts.listLogs, listLogs);
