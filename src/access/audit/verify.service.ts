/** Reads the whole audit of the database as it stood at one moment, to check it or to export it. */

import { int8 } from '../../platform/db/copy-out.ts';
import type { Client, Database } from '../../platform/db/pool.ts';
import { getSize, leavesInOrder, listNodes, type NewNode } from './audit.sql.ts';
import { AuditCheck, type CheckedLeaf, type CheckInput, type CheckReport } from './check.ts';
import type { Checkpoint } from './checkpoint.ts';
import { SEAL_BYTES, type Sealer } from './seal.ts';
import { SealThread } from './seal-thread.ts';

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
  await db.copyTo(client, leavesInOrder(size), ([index, hash, seal, body]) =>
    take({ index: int8(index!), hash: hash!, seal: seal!, body: body! }),
  );
}

/** Below this a thread takes longer to start than the seals take. */
const THREAD_FROM = 50_000;

/**
 * Checks everything that the database holds.
 * @param sealers null where the secret is not at hand
 * @param threadFrom how many leaves make it worth a thread of its own for their seals
 * @param onLeaf told each leaf that is read, for whoever shows how far it is
 */
export async function verifyStored(
  db: Database,
  sealers: readonly Sealer[] | null,
  checkpoints: readonly Checkpoint[],
  threadFrom = THREAD_FROM,
  onLeaf: (index: number) => void = () => undefined,
): Promise<CheckReport> {
  return withStoredAudit(db, async (stored) => {
    const audit: StoredAudit = {
      ...stored,
      leaves: (take) =>
        stored.leaves((leaf) => {
          onLeaf(leaf.index);
          return take(leaf);
        }),
    };
    const input = { nodes: audit.nodes, checkpoints, whole: false };
    if (sealers !== null && audit.size >= threadFrom) return checkWithThread(audit, sealers, input);
    const check = new AuditCheck({ ...input, sealers });
    await audit.leaves((leaf) => check.take(leaf));
    return check.finish();
  });
}

/** The tree here, the seals in a thread. */
async function checkWithThread(
  audit: StoredAudit,
  sealers: readonly Sealer[],
  input: Omit<CheckInput, 'sealers'>,
): Promise<CheckReport> {
  const check = new AuditCheck({ ...input, sealers: 'elsewhere' });
  const thread = new SealThread(sealers);
  try {
    await audit.leaves((leaf) => {
      check.take(leaf);
      return thread.add(leaf.index, leaf.hash, leaf.seal ?? NO_SEAL);
    });
    for (const index of await thread.finish()) check.foreign(index);
    return check.finish();
  } finally {
    await thread.stop();
  }
}

const NO_SEAL = Buffer.alloc(SEAL_BYTES);
