import { contracts } from '@/lib/api/contracts';
import { deleteAlias, saveAlias } from '@/lib/server/aliases';
import { door } from '@/lib/server/door';

export const dynamic = 'force-dynamic';

export const PUT = door(contracts.saveAlias, saveAlias);
export const DELETE = door(contracts.deleteAlias, deleteAlias);
