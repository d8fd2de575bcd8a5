import { contracts } from '@/lib/api/contracts';
import { door } from '@/lib/server/door';
import { checkDefinition } from '@/lib/server/flows';

export const dynamic = 'force-dynamic';

export const POST = door(contracts.checkDefinition, checkDefinition);
