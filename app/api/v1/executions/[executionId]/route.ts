import { contracts } from '@/lib/api/contracts';
import { deleteExecution } from '@/lib/server/deletion';
import { door } from '@/lib/server/door';
import { getExecution } from '@/lib/server/executions';

export const dynamic = 'force-dynamic';

export const GET = door(contracts.getExecution, getExecution);
export const DELETE = door(contracts.deleteExecution, deleteExecution);
