import { contracts } from '@/lib/api/contracts';
import { door } from '@/lib/server/door';
import { startExecution } from '@/lib/server/executions';

export const dynamic = 'force-dynamic';

export const POST = door(contracts.startExecution, startExecution);
