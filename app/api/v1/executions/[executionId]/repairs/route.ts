import { contracts } from '@/lib/api/contracts';
import { door } from '@/lib/server/door';
import { repairExecution } from '@/lib/server/repairs';

export const dynamic = 'force-dynamic';

export const POST = door(contracts.repairExecution, repairExecution);
