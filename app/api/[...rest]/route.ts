import { nowhere } from '@/lib/server/nowhere';

export const dynamic = 'force-dynamic';

export const GET = nowhere;
export const POST = nowhere;
export const PUT = nowhere;
export const PATCH = nowhere;
export const DELETE = nowhere;
