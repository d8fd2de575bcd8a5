import { contracts } from '@/lib/api/contracts';
import { redriveExecutions } from '@/lib/server/bulk-redrive';
import { door } from '@/lib/server/door';

export const dynamic = 'force-dynamic';

export const POST = door(contracts.redriveExecutions, redriveExecutions);
