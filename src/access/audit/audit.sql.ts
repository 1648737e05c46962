/** The statements of the audit. Leaves, nodes and checkpoints are read and added to, never changed. */
import type { Client } from '../../platform/db/pool.ts';
import type { Hash, Node } from './merkle.ts';

/** Nodes are kept every so many levels; a leaf's hash is level 0. */
export const LEVELS_KEPT = 8;

/** How many leaves there are. */
export async function getSize(db: Client): Promise<number> {
  const { rows } = await db.query<{ size: number }>({
    name: 'audit_size',
    text: 'select coalesce(max(leaf_index) + 1, 0) as size from audit.leaves',
  });
  return rows[0]!.size;
}

/** Nodes of one kept level, [from, to). */
export interface KeptRange {
  readonly level: number;
  readonly from: number;
  readonly to: number;
}

export interface KeptLeaf {
  readonly index: number;
  readonly hash: Hash;
  readonly body: string;
}

export interface KeptHashes {
  /** Of each range, end to end: 32 bytes each, in their order. Where rows are missing a value is shorter, or empty. */
  readonly ranges: readonly Buffer[];
  /** Null where there is none of that index. */
  readonly leaf: KeptLeaf | null;
}

/**
 * The hashes of ranges of kept nodes, and a leaf with them where one is asked for. One value a range: some hundred rows would take
 * longer to be read than to be hashed.
 * @param index of the leaf, null for none
 */
export async function listKept(
  db: Client,
  ranges: readonly KeptRange[],
  index: number | null,
): Promise<KeptHashes> {
  const { rows } = await db.query<{ n: number; hashes: Buffer; body: string | null }>({
    name: 'audit_kept',
    text: `select r.n, string_agg(k.hash, ''::bytea order by k.index) as hashes, null as body
             from unnest($1::int[], $2::bigint[], $3::bigint[]) with ordinality as r (level, lo, hi, n)
             cross join lateral (
               select l.leaf_index as index, l.leaf_hash as hash from audit.leaves l
                where r.level = 0 and l.leaf_index >= r.lo and l.leaf_index < r.hi
               union all
               select o.node_index, o.hash from audit.nodes o
                where r.level > 0 and o.level = r.level::smallint and o.node_index >= r.lo and o.node_index < r.hi
             ) k
            group by r.n
           union all
           select 0, leaf_hash, body::text from audit.leaves where leaf_index = $4::bigint`,
    values: [ranges.map((r) => r.level), ranges.map((r) => r.from), ranges.map((r) => r.to), index],
  });
  const found = new Map(rows.map((row) => [row.n, row]));
  const leaf = found.get(0);
  return {
    ranges: ranges.map((_, i) => found.get(i + 1)?.hashes ?? Buffer.alloc(0)),
    leaf:
      index === null || leaf === undefined || leaf.body === null
        ? null
        : { index, hash: leaf.hashes, body: leaf.body },
  };
}

export interface NewLeaf {
  readonly index: number;
  readonly hash: Hash;
  readonly seal: Buffer;
  readonly body: string;
}
export interface NewNode extends Node {
  readonly hash: Hash;
}
export interface NewSubject {
  readonly subject: string;
  readonly key: Buffer;
}

/**
 * Adds leaves, the nodes they complete and keys of subjects, in one statement that is one transaction: durable when it returns,
 * where the session says synchronous_commit (openAuditDatabase). An index or a subject that another process took meanwhile is
 * refused by its key (23505), and all of it with it.
 */
export async function insertLeaves(
  db: Client,
  leaves: readonly NewLeaf[],
  nodes: readonly NewNode[],
  subjects: readonly NewSubject[],
): Promise<void> {
  await db.query({
    name: 'audit_append',
    text: `with keys as (
             insert into audit.subject_keys (subject, key) select * from unnest($1::text[], $2::bytea[])
           ), nodes as (
             insert into audit.nodes (level, node_index, hash) select * from unnest($3::smallint[], $4::bigint[], $5::bytea[])
           )
           insert into audit.leaves (leaf_index, leaf_hash, seal, body)
           select * from unnest($6::bigint[], $7::bytea[], $8::bytea[], $9::json[])`,
    values: [
      subjects.map((s) => s.subject),
      subjects.map((s) => s.key),
      nodes.map((n) => n.level),
      nodes.map((n) => n.index),
      nodes.map((n) => n.hash),
      leaves.map((l) => l.index),
      leaves.map((l) => l.hash),
      leaves.map((l) => l.seal),
      leaves.map((l) => l.body),
    ],
  });
}

/** Keys of subjects; one that was never looked at, or that was hidden, has none. */
export async function listSubjectKeys(
  db: Client,
  subjects: readonly string[],
): Promise<{ readonly subject: string; readonly key: Buffer }[]> {
  const { rows } = await db.query<{ subject: string; key: Buffer }>({
    name: 'audit_subject_keys',
    text: 'select subject, key from audit.subject_keys where subject = any($1::text[])',
    values: [subjects],
  });
  return rows;
}

/** Hides the leaves of subjects for ever. @returns how many had a key */
export async function deleteSubjectKeys(db: Client, subjects: readonly string[]): Promise<number> {
  const { rowCount } = await db.query('delete from audit.subject_keys where subject = any($1::text[])', [
    subjects,
  ]);
  return rowCount;
}

export async function insertCheckpoint(db: Client, size: number, note: string): Promise<void> {
  await db.query('insert into audit.checkpoints (size, note) values ($1, $2)', [size, note]);
}

/** Every signed checkpoint, smallest first. Some hundred a year. */
export async function listCheckpoints(db: Client): Promise<string[]> {
  const { rows } = await db.query<{ note: string }>(
    'select note from audit.checkpoints order by size, made_at',
  );
  return rows.map((row) => row.note);
}

/** Every kept node, in order: one for 256 leaves and a few more. */
export async function listNodes(db: Client): Promise<NewNode[]> {
  const { rows } = await db.query<NewNode>(
    'select level, node_index as index, hash from audit.nodes order by level, node_index',
  );
  return rows;
}

/** Leaves in order, for COPY: index, hash, seal, body. @param below the size of the tree that is read */
export const leavesInOrder = (below: number): string =>
  `select leaf_index, leaf_hash, seal, body from audit.leaves where leaf_index < ${Math.trunc(below)} order by leaf_index`;
