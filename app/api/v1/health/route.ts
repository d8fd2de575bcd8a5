import { contracts } from '@/lib/api/contracts';
import { getHealth } from '@/lib/server/about';
import { door } from '@/lib/server/door';

export const dynamic = 'force-dynamic';

export const GET = door(contracts.getHealth, getHealth);
