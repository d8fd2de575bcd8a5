import { contracts } from '@/lib/api/contracts';
import { door } from '@/lib/server/door';
import { listTemplates } from '@/lib/server/templates';

export const dynamic = 'force-dynamic';

export const GET = door(contracts.listTemplates, listTemplates);
