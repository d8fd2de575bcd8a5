import { contracts } from '@/lib/api/contracts';
import { door } from '@/lib/server/door';
import { resumeExecution } from '@/lib/server/repairs';

export const dynamic = 'force-dynamic';

export const POST = door(contracts.resumeExecution, resumeExecution);
