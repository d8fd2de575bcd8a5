import { contracts } from '@/lib/api/contracts';
import { door } from '@/lib/server/door';
import { getHealth } from '@/lib/server/about';

export const dynamic = 'force-dynamic';

export const GET = door(contracts.getHealth, getHealth);
