/** Retention with what the services keep: their uploads and batches. */
import { join } from 'node:path';
import type { Caller } from '../access/audit/leaf.ts';
import type { AuditContext } from '../access/audit/with-audit.ts';
import type { RetentionContext } from '../access/retention/retention.service.ts';
import type { Database } from '../platform/db/pool.ts';
import { abandonForgotten, sweepUploads } from '../services/intake/upload/uploads.service.ts';
import { dropSentBefore } from '../services/verification/batches/batches.sql.ts';

/** @param dataFolder where uploads lie */
export const retentionContext = (
  db: Database,
  audit: AuditContext,
  dataFolder: string,
  caller: Caller,
): RetentionContext => ({
  db,
  audit: audit.audit,
  now: audit.now,
  caller,
  forget: { uploads: abandonForgotten, 'verification-batches': dropSentBefore },
  afterwards: () => sweepUploads(db, join(dataFolder, 'uploads')),
});
