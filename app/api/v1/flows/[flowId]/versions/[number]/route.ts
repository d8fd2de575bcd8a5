import { contracts } from '@/lib/api/contracts';
import { door } from '@/lib/server/door';
import { getVersion } from '@/lib/server/flows';

export const dynamic = 'force-dynamic';

export const GET = door(contracts.getVersion, getVersion);
