import { contracts } from '@/lib/api/contracts';
import { deleteExecutions } from '@/lib/server/deletion';
import { door } from '@/lib/server/door';

export const dynamic = 'force-dynamic';

export const POST = door(contracts.deleteExecutions, deleteExecutions);
