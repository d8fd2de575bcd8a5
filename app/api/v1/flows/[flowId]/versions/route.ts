import { contracts } from '@/lib/api/contracts';
import { door } from '@/lib/server/door';
import { listVersions, saveVersion } from '@/lib/server/flows';

export const dynamic = 'force-dynamic';

export const GET = door(contracts.listVersions, listVersions);
export const POST = door(contracts.saveVersion, saveVersion);
