/** What questions about supplies and their findings share: whose they are, and where a page begins. */
import { z } from 'zod';
import type { Granted, GuardContext } from '../../access/guard/guard.ts';
import { AppError } from '../../kernel/app-error.ts';
import type { Client } from '../../platform/db/pool.ts';
import type { FindingPlace } from '../../registry/supplies/listing.sql.ts';
import { findOutcome, type StoredOutcome } from '../../registry/supplies/supplies.sql.ts';

export interface SuppliesContext extends GuardContext {
  readonly db: Client;
}

export const COUNT = z.int().min(0).max(Number.MAX_SAFE_INTEGER);
export const RECEIPT = z
  .string()
  .regex(/^\d{4}\/\d{7}$/)
  .max(12)
  .describe('Ricevuta AAAA/NNNNNNN / receipt YYYY/NNNNNNN');
export const COMUNE = z
  .string()
  .regex(/^\d{6}$/)
  .max(6);
export const CURSOR = z
  .string()
  .regex(/^\d{1,15}(-\d{1,9})?$/)
  .max(30)
  .describe('Il «seguito» della pagina prima / the "seguito" of the page before');

export const COMMON = { method: 'POST', tag: 'supplies', key: 'key' } as const;

const noReceipt = (): AppError =>
  new AppError('not-found', 'nessuna fornitura con questa ricevuta', 'no supply of this receipt');

/** The comuni asked about: those of the caller, or one of them. A comune that is not theirs has nothing. */
export function comuniAsked(granted: Granted, comune: string | undefined): readonly string[] | null {
  if (comune === undefined) return granted.comuni();
  return granted.mayIn([comune]) ? [comune] : [];
}

/** A supply by its receipt; somebody else's is as if not there. */
export async function ownOutcome(
  { db }: SuppliesContext,
  granted: Granted,
  ricevuta: string,
): Promise<StoredOutcome> {
  const outcome = await findOutcome(db, ricevuta);
  if (outcome === null || !granted.mayIn([outcome.comune])) throw noReceipt();
  return outcome;
}

export function placeOf(cursor: string | undefined): FindingPlace | null {
  if (cursor === undefined) return null;
  const [supply, n] = cursor.split('-').map(Number);
  return { supply: supply ?? 0, n: n ?? 0 };
}

export const look = <A>(answer: A, count: number, subjects: readonly string[] = []) => ({
  answer,
  subjects,
  fields: [],
  count,
});
