/** What the owner of a batch may see now: asked before each chunk, so that an office or an agreement that ends stops its batches too (control 4). */
import { findHolder } from '../../../access/accounts/holder.ts';
import { grantedTo } from '../../../access/guard/guard.ts';
import { NotAllowed } from '../../../access/rights/authorise.ts';
import type { Client } from '../../../platform/db/pool.ts';
import { askingOf } from '../verification.http.ts';
import type { BatchRecord } from './batches.sql.ts';
import type { BatchRights } from './run-batches.service.ts';

/** Who sits at the command line of the machine: an administrator, with no body of their own and no protected address. */
export const isCommandLine = (userId: string): boolean => userId.startsWith('os:');

/** @throws NotAllowed */
export async function batchRights(db: Client, batch: BatchRecord, now: () => Date): Promise<BatchRights> {
  if (isCommandLine(batch.user_id)) return { mayReadProtected: false };
  const holder = await findHolder(db, batch.user_id);
  if (holder === null) throw new NotAllowed('account-not-active');
  const session = {
    must_change: false,
    certificate: batch.certificate,
    second_factor: batch.second_factor,
  };
  const asked = { scopo: batch.purpose ?? undefined, pratica: batch.file ?? undefined };
  const granted = grantedTo({ now }, { holder, session }, 'verifyBatch', asked, { address: batch.address });
  return askingOf(granted);
}
