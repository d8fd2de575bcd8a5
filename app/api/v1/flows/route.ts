import { contracts } from '@/lib/api/contracts';
import { door } from '@/lib/server/door';
import { createFlow, listFlows } from '@/lib/server/flows';

export const dynamic = 'force-dynamic';

export const GET = door(contracts.listFlows, listFlows);
export const POST = door(contracts.createFlow, createFlow);
