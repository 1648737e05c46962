/**
 * Whether the leaves are all that was written, as it was written and in its order (security.md, control 28); where not, the first
 * place. Pure: it is fed leaf by leaf, from the database or from an export.
 *
 * Each leaf is held three ways: its hash to its bytes; its seal to its place and to the secret outside the database; the tree to the
 * nodes kept and to the signed checkpoints, which others may hold. Without the secret the first and the third remain.
 */
import { LEVELS_KEPT, type NewNode } from './audit.sql.ts';
import type { Checkpoint } from './checkpoint.ts';
import { GrowingTree, type Hash, leafHash } from './merkle.ts';
import { isSealed, type Sealer } from './seal.ts';

export type FaultKind =
  /** The bytes of a leaf are not those that were hashed. */
  | 'edited'
  /** A leaf that SIPOP did not write at that place. */
  | 'foreign'
  /** Leaves are not there, with others after them. */
  | 'missing'
  /** The last leaves are not there. */
  | 'cut'
  /** There are more leaves than the signed size. */
  | 'added'
  /** A kept node is not that of its leaves. */
  | 'node'
  /** The tree is not the one that was signed. */
  | 'checkpoint';

export interface Fault {
  readonly kind: FaultKind;
  /** Leaves [from, to): the first of them where the place is not known more closely. */
  readonly from: number;
  readonly to: number;
}

export interface CheckedLeaf {
  readonly index: number;
  readonly body: Uint8Array;
  readonly hash: Buffer;
  /** Null where the source has none. */
  readonly seal: Buffer | null;
}

export interface CheckInput {
  /** The newest first; 'elsewhere' where seals are checked by a thread (`foreign`); null where the secret is not at hand. */
  readonly sealers: readonly Sealer[] | 'elsewhere' | null;
  readonly nodes: readonly NewNode[];
  /** Their signatures checked. */
  readonly checkpoints: readonly Checkpoint[];
  /** Whether the largest checkpoint is that of the last leaf, as in an export. */
  readonly whole: boolean;
}

export interface CheckReport {
  readonly leaves: number;
  readonly root: Hash;
  /** Leaves covered by the largest checkpoint: nobody else vouches for those after. */
  readonly signed: number;
  readonly checkpoints: number;
  readonly sealed: boolean;
  /** What is known to the leaf first, by its place; then nodes, then checkpoints. At most MOST_FAULTS of a kind. */
  readonly faults: readonly Fault[];
}

const MOST_FAULTS = 50;

/** How loosely a kind of fault tells its place: a leaf, some hundred leaves, all since the checkpoint before. */
const looseness = ({ kind }: Fault): number => (kind === 'checkpoint' ? 2 : kind === 'node' ? 1 : 0);

export class AuditCheck {
  readonly #input: CheckInput;
  readonly #faults: Fault[] = [];
  readonly #counts = new Map<FaultKind, number>();
  readonly #nodes = new Map<string, NewNode>();
  readonly #checkpoints: readonly Checkpoint[];
  readonly #tree: GrowingTree;
  #expected = 0;
  /** A leaf is missing, so that no node after it can be computed. */
  #broken = false;
  /** The checkpoint that comes next. */
  #next = 0;

  constructor(input: CheckInput) {
    this.#input = input;
    for (const node of input.nodes) this.#nodes.set(`${node.level}:${node.index}`, node);
    this.#checkpoints = input.checkpoints.toSorted((a, b) => a.size - b.size);
    this.#tree = new GrowingTree(undefined, (node, hash) => {
      if (node.level % LEVELS_KEPT === 0) this.#compareNode(node.level, node.index, hash);
    });
    this.#compareCheckpoints();
  }

  take(leaf: CheckedLeaf): void {
    const { index, body, hash, seal } = leaf;
    const { sealers } = this.#input;
    if (index !== this.#expected) {
      this.#fault('missing', this.#expected, index);
      this.#broken = true;
    }
    this.#expected = index + 1;
    // The tree keeps the hash made here: that of the leaf may lie in memory that is used again.
    const own = leafHash(body);
    const edited = !own.equals(hash);
    if (edited) this.#fault('edited', index);
    else if (Array.isArray(sealers) && !isSealed(sealers, index, hash, seal)) this.#fault('foreign', index);
    if (this.#broken) return;
    this.#tree.append(edited ? Buffer.from(hash) : own);
    this.#compareCheckpoints();
  }

  /** A leaf whose seal was found wrong elsewhere. */
  foreign(index: number): void {
    if (!this.#faults.some((fault) => fault.kind === 'edited' && fault.from === index))
      this.#fault('foreign', index);
  }

  finish(): CheckReport {
    const signed = this.#checkpoints.at(-1)?.size ?? 0;
    const keptUpTo = Math.max(0, ...[...this.#nodes.values()].map((n) => (n.index + 1) * 2 ** n.level));
    const known = Math.max(signed, keptUpTo);
    if (known > this.#expected) this.#fault('cut', this.#expected, known);
    else if (this.#input.whole && this.#expected > signed) this.#fault('added', signed, this.#expected);
    return {
      leaves: this.#expected,
      root: this.#tree.root(),
      signed,
      checkpoints: this.#checkpoints.length,
      sealed: this.#input.sealers !== null,
      faults: this.#faults.toSorted((a, b) => looseness(a) - looseness(b) || a.from - b.from),
    };
  }

  #fault(kind: FaultKind, from: number, to = from + 1): void {
    const count = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, count);
    if (count <= MOST_FAULTS) this.#faults.push({ kind, from, to });
  }

  #compareNode(level: number, index: number, hash: Hash): void {
    const kept = this.#nodes.get(`${level}:${index}`);
    const width = 2 ** level;
    if (kept?.hash.equals(hash) !== true) this.#fault('node', index * width, (index + 1) * width);
  }

  #compareCheckpoints(): void {
    for (; this.#checkpoints[this.#next]?.size === this.#tree.size; this.#next++) {
      const { size, root } = this.#checkpoints[this.#next]!;
      if (!root.equals(this.#tree.root())) this.#fault('checkpoint', this.#rightBefore(size), size);
    }
  }

  /** The size of the last checkpoint before that was right. */
  #rightBefore(size: number): number {
    const faulty = this.#faults.find((fault) => fault.kind === 'checkpoint');
    if (faulty !== undefined) return faulty.from;
    return this.#checkpoints.findLast((c) => c.size < size)?.size ?? 0;
  }
}
