import { contracts } from '@/lib/api/contracts';
import { door } from '@/lib/server/door';
import { planRepair } from '@/lib/server/repairs';

export const dynamic = 'force-dynamic';

export const POST = door(contracts.planRepair, planRepair);
