/** Reads the whole audit of the database as it stood at one moment, to check it or to export it. */

import { int8, readBinaryRows } from '../../platform/db/copy-binary.ts';
import type { Client, Database } from '../../platform/db/pool.ts';
import { getSize, leavesInOrder, listNodes, type NewNode } from './audit.sql.ts';
import type { Sealer } from './audit-keys.ts';
import { AuditCheck, type CheckedLeaf, type CheckReport } from './check.ts';
import type { Checkpoint } from './checkpoint.ts';

export interface StoredAudit {
  readonly size: number;
  readonly nodes: readonly NewNode[];
  /** Gives every leaf in order. They share memory that is used again: whoever keeps one copies it. */
  leaves(take: (leaf: CheckedLeaf) => void | Promise<void>): Promise<void>;
}

/** Runs `work` on the audit as it stands now, whatever is appended meanwhile. */
export async function withStoredAudit<T>(db: Database, work: (audit: StoredAudit) => Promise<T>): Promise<T> {
  return db.transaction(
    async (client) => {
      const size = await getSize(client);
      return work({
        size,
        nodes: await listNodes(client),
        leaves: (take) => readLeaves(db, client, size, take),
      });
    },
    { isolation: 'repeatable read', readOnly: true },
  );
}

async function readLeaves(
  db: Database,
  client: Client,
  size: number,
  take: (leaf: CheckedLeaf) => void | Promise<void>,
): Promise<void> {
  await readBinaryRows(db.copyTo(client, leavesInOrder(size)), ([index, hash, seal, body]) =>
    take({ index: int8(index!), hash: hash!, seal: seal!, body: body! }),
  );
}

/** Checks everything that the database holds. @param sealers null where the secret is not at hand */
export async function verifyStored(
  db: Database,
  sealers: readonly Sealer[] | null,
  checkpoints: readonly Checkpoint[],
): Promise<CheckReport> {
  return withStoredAudit(db, async (audit) => {
    const check = new AuditCheck({ sealers, nodes: audit.nodes, checkpoints, whole: false });
    await audit.leaves((leaf) => check.take(leaf));
    return check.finish();
  });
}
