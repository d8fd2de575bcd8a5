import { DatabaseError } from 'pg';
import { Prisma } from '@/prisma/generated/client';

const codes = { unique: 'P2002', foreignKey: 'P2003', missing: 'P2025' } as const;

/** Whether Prisma failed because the row would break the rule. */
export function isViolation(error: unknown, rule: keyof typeof codes): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === codes[rule];
}

/** The same for a query that did not go through Prisma. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof DatabaseError && error.code === '23505';
}
