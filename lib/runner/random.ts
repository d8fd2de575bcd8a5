import { randomBytes } from 'node:crypto';

const pool = 4096;
let random = randomBytes(pool);
let used = 0;

/** So many random bytes (4,096 at most), in hexadecimal. Asking the system for each few of them would cost more than using them. */
export function randomHex(bytes: number): string {
  if (used + bytes > pool) {
    random = randomBytes(pool);
    used = 0;
  }
  used += bytes;
  return random.toString('hex', used - bytes, used);
}

/** A UUID of version 7: ids of later milliseconds are greater, so lists by id are lists by start. */
export function timeOrderedUuid(at: number): string {
  const time = at.toString(16).padStart(12, '0');
  const tail = randomHex(10);
  const variant = ((Number.parseInt(tail.slice(3, 4), 16) & 3) | 8).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${tail.slice(0, 3)}-${variant}${tail.slice(4, 7)}-${tail.slice(7, 19)}`;
}
