import { contracts } from '@/lib/api/contracts';
import { listTaskKinds } from '@/lib/server/about';
import { door } from '@/lib/server/door';

export const dynamic = 'force-dynamic';

export const GET = door(contracts.listTaskKinds, listTaskKinds);
