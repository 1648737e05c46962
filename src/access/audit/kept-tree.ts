/** The tree as the database keeps it: any node from a range of kept ones, the right edge, and the proofs. */
import { AppError } from '../../kernel/app-error.ts';
import type { Client } from '../../platform/db/pool.ts';
import { getSize, type KeptRange, LEVELS_KEPT, listKept } from './audit.sql.ts';
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

/** The hashes of nodes, in the order given: one round trip, at most 2^7 kept hashes a node. @throws AppError audit-damaged */
async function hashesOf(db: Client, nodes: readonly Node[]): Promise<Hash[]> {
  if (nodes.length === 0) return [];
  const ranges = nodes.map(keptOf);
  const kept = await listKept(db, ranges);
  return ranges.map((range, i) => {
    const bytes = kept[i]!;
    const count = range.to - range.from;
    if (bytes.length !== count * HASH_BYTES) throw damaged(range);
    return foldWhole(
      Array.from({ length: count }, (_, n) => bytes.subarray(n * HASH_BYTES, (n + 1) * HASH_BYTES)),
    );
  });
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

/** The hash of each span, in order. */
async function spanHashes(db: Client, spans: readonly Span[]): Promise<Hash[]> {
  const parts = spans.map(nodesOf);
  const hashes = await hashesOf(db, parts.flat());
  let at = 0;
  return parts.map((nodes) => {
    const own = hashes.slice(at, at + nodes.length);
    at += nodes.length;
    return joinHashes(own);
  });
}

/** The proof that a leaf stands in the tree of the first `size` leaves. */
export function proveInclusion(db: Client, index: number, size: number): Promise<Hash[]> {
  return spanHashes(db, inclusionSpans(index, size));
}

/** The proof that the tree of `second` leaves begins with that of `first`. */
export function proveConsistency(db: Client, first: number, second: number): Promise<Hash[]> {
  return spanHashes(db, consistencySpans(first, second));
}
