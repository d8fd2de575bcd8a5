import { openClient } from '@/lib/api/client';

/** The API of the server that this page came from. */
export const client = openClient();
