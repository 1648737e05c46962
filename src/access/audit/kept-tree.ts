/** The tree as the database keeps it: any node from a range of kept ones, the right edge, and the proofs. */
import { AppError } from '../../kernel/app-error.ts';
import type { Client } from '../../platform/db/pool.ts';
import { getSize, type KeptLeaf, type KeptRange, LEVELS_KEPT, listKept } from './audit.sql.ts';
import {
  consistencySpans,
  foldWhole,
  HASH_BYTES,
  type Hash,
  inclusionSpans,
  joinHashes,
  type Node,
  nodesOf,
  type Span,
} from './merkle.ts';

/** The kept nodes that make up one node. */
function keptOf({ level, index }: Node): KeptRange {
  const kept = level - (level % LEVELS_KEPT);
  const width = 2 ** (level - kept);
  return { level: kept, from: index * width, to: (index + 1) * width };
}

const damaged = ({ level, from, to }: KeptRange): AppError =>
  new AppError(
    'audit-damaged',
    `l’audit è stato manomesso: mancano nodi del livello ${level} tra ${from} e ${to - 1}. Eseguire ./sipop audit verify`,
    `the audit was tampered with: nodes of level ${level} between ${from} and ${to - 1} are missing. Run ./sipop audit verify`,
  );

interface NodesRead {
  /** In the order of the nodes. */
  readonly hashes: readonly Hash[];
  readonly leaf: KeptLeaf | null;
}

/**
 * The hashes of nodes, at most 2^7 kept hashes each, and a leaf with them: one round trip.
 * @param index of the leaf, null for none
 * @throws AppError audit-damaged
 */
async function readNodes(db: Client, nodes: readonly Node[], index: number | null): Promise<NodesRead> {
  // Spans of one tree have nodes in common.
  const nameOf = ({ level, index: at }: Node): string => `${level}:${at}`;
  const several = new Map(nodes.map((node) => [nameOf(node), node]));
  const ranges = [...several.values()].map(keptOf);
  const kept = await listKept(db, ranges, index);
  const folded = new Map<string, Hash>();
  for (const [i, name] of [...several.keys()].entries()) {
    const range = ranges[i]!;
    const bytes = kept.ranges[i]!;
    const count = range.to - range.from;
    if (bytes.length !== count * HASH_BYTES) throw damaged(range);
    folded.set(
      name,
      foldWhole(
        Array.from({ length: count }, (_, n) => bytes.subarray(n * HASH_BYTES, (n + 1) * HASH_BYTES)),
      ),
    );
  }
  return { hashes: nodes.map((node) => folded.get(nameOf(node))!), leaf: kept.leaf };
}

/** The hashes of nodes, in the order given. @throws AppError audit-damaged */
async function hashesOf(db: Client, nodes: readonly Node[]): Promise<readonly Hash[]> {
  return nodes.length === 0 ? [] : (await readNodes(db, nodes, null)).hashes;
}

export interface RightEdge {
  readonly size: number;
  readonly edge: readonly Hash[];
}

/** What a tree needs to go on growing. @throws AppError audit-damaged */
export async function readEdge(db: Client): Promise<RightEdge> {
  const size = await getSize(db);
  return { size, edge: await hashesOf(db, nodesOf({ from: 0, to: size })) };
}

/** The root of the first `size` leaves. */
export async function rootAt(db: Client, size: number): Promise<Hash> {
  return joinHashes(await hashesOf(db, nodesOf({ from: 0, to: size })));
}

/** The hash of each span, in order, and a leaf with them: one round trip. */
async function readSpans(
  db: Client,
  spans: readonly Span[],
  index: number | null,
): Promise<{ readonly hashes: Hash[]; readonly leaf: KeptLeaf | null }> {
  const parts = spans.map(nodesOf);
  const { hashes, leaf } = await readNodes(db, parts.flat(), index);
  let at = 0;
  const joined = parts.map((nodes) => {
    const own = hashes.slice(at, at + nodes.length);
    at += nodes.length;
    return joinHashes(own);
  });
  return { hashes: joined, leaf };
}

export interface ProvenLeaf {
  readonly leaf: KeptLeaf;
  /** Of the tree that the proof is in. */
  readonly root: Hash;
  readonly proof: readonly Hash[];
}

/**
 * A leaf with the proof that it stands in the tree of the first `size` leaves, and the root of that tree: one round trip. Null where the leaf is not
 * there.
 * @param index below `size`
 * @throws AppError audit-damaged
 */
export async function proveInclusion(db: Client, index: number, size: number): Promise<ProvenLeaf | null> {
  const path = inclusionSpans(index, size);
  const { hashes, leaf } = await readSpans(db, [...path, { from: 0, to: size }], index);
  return leaf === null ? null : { leaf, root: hashes.at(-1)!, proof: hashes.slice(0, -1) };
}

/** The proof that the tree of `second` leaves begins with that of `first`. */
export async function proveConsistency(db: Client, first: number, second: number): Promise<Hash[]> {
  const spans = consistencySpans(first, second);
  return spans.length === 0 ? [] : (await readSpans(db, spans, null)).hashes;
}
