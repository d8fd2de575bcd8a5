import { contracts } from '@/lib/api/contracts';
import { listAliases } from '@/lib/server/aliases';
import { door } from '@/lib/server/door';

export const dynamic = 'force-dynamic';

export const GET = door(contracts.listAliases, listAliases);
