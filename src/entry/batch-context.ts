/** What answering batches needs of the program: the same for the server and the command line. */
import { openSigningKeys } from '../platform/crypto/signing-keys.ts';
import { loadReference, type Reference } from '../reference/load-reference.ts';
import { batchRights } from '../services/verification/batches/batch-rights.ts';
import { comuneOf } from '../services/verification/batches/row.ts';
import type { BatchContext } from '../services/verification/batches/run-batches.service.ts';
import type { OpenAudit } from './audit-context.ts';
import type { AppContext } from './context.ts';

export async function batchContext(app: AppContext, { audit }: OpenAudit): Promise<BatchContext> {
  let reference: Reference | null = null;
  return {
    db: app.db,
    audit,
    now: app.now,
    keys: await openSigningKeys(app.config.receiptKeys),
    rightsOf: (batch) => batchRights(app.db, batch, app.now),
    comune: (text) => {
      reference ??= loadReference({ dataFolder: app.dataFolder });
      return comuneOf(reference)(text);
    },
  };
}
