import { contracts } from '@/lib/api/contracts';
import { door } from '@/lib/server/door';
import { deleteFlow, getFlow, updateFlow } from '@/lib/server/flows';

export const dynamic = 'force-dynamic';

export const GET = door(contracts.getFlow, getFlow);
export const PATCH = door(contracts.updateFlow, updateFlow);
export const DELETE = door(contracts.deleteFlow, deleteFlow);
