import { contracts } from '@/lib/api/contracts';
import { door } from '@/lib/server/door';
import { getSettings, updateSettings } from '@/lib/server/settings';

export const dynamic = 'force-dynamic';

export const GET = door(contracts.getSettings, getSettings);
export const PATCH = door(contracts.updateSettings, updateSettings);
