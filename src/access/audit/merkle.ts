/**
 * The Merkle tree of RFC 6962 (section 2; checks as in RFC 9162, 2.1.3 and 2.1.4): hashes, proofs and their checks. Pure.
 * A leaf or node is named by its level and its index in that level: (0, i) is leaf i, (L, i) covers leaves [i·2^L, (i+1)·2^L).
 * Sizes go beyond 32 bits, so arithmetic is used where bits would be usual.
 */
import { SHA256_BYTES, sha256 } from '../../platform/crypto/sha256.ts';

/** 32 bytes of SHA-256. */
export type Hash = Buffer;

export const HASH_BYTES = SHA256_BYTES;
const LEAF_PREFIX = '\0';
const NODE_PREFIX = 1;

/** MTH({}): the root of the tree that has no leaf. */
export const EMPTY_ROOT: Hash = sha256('');

/** Hashing is synchronous, so that one piece of memory does for all. */
const nodeBytes = Buffer.alloc(1 + 2 * HASH_BYTES, NODE_PREFIX);
let leafBytes = Buffer.alloc(4096);

/** SHA-256(0x00 || leaf). @param leaf as it is kept: text stands for its UTF-8 bytes */
export function leafHash(leaf: string | Uint8Array): Hash {
  if (typeof leaf === 'string') return sha256(LEAF_PREFIX + leaf);
  const length = leaf.length + 1;
  if (leafBytes.length < length) leafBytes = Buffer.alloc(2 * length);
  leafBytes[0] = 0;
  leafBytes.set(leaf, 1);
  return sha256(leafBytes.subarray(0, length));
}

/** SHA-256(0x01 || left || right). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Hash {
  nodeBytes.set(left, 1);
  nodeBytes.set(right, 1 + HASH_BYTES);
  return sha256(nodeBytes);
}

/** One whole subtree: leaves [index·2^level, (index+1)·2^level). */
export interface Node {
  readonly level: number;
  readonly index: number;
}

/** Leaves [from, to) that are one subtree of some tree: `from` is a multiple of the power of two that reaches `to`. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

const half = (n: number): number => Math.floor(n / 2);
const isOdd = (n: number): boolean => n % 2 === 1;

/** The largest power of two below `n`. @param n at least 2 */
function split(n: number): number {
  let power = 1;
  while (power * 2 < n) power *= 2;
  return power;
}

/** PATH(m, D[n]) of RFC 6962, 2.1.1, as the spans whose hashes it holds, from the leaf upwards. */
export function inclusionSpans(index: number, size: number): Span[] {
  if (!Number.isSafeInteger(size) || index < 0 || index >= size)
    throw new RangeError(`no leaf ${index} among ${size}`);
  const path = (from: number, to: number): Span[] => {
    if (to - from === 1) return [];
    const middle = from + split(to - from);
    return index < middle
      ? [...path(from, middle), { from: middle, to }]
      : [...path(middle, to), { from, to: middle }];
  };
  return path(0, size);
}

/** PROOF(m, D[n]) of RFC 6962, 2.1.2, as spans. @param first at least 1, @param second at least `first` */
export function consistencySpans(first: number, second: number): Span[] {
  if (!Number.isSafeInteger(second) || first < 1 || first > second)
    throw new RangeError(`no tree of ${first} leaves within one of ${second}`);
  const path = (from: number, to: number, complete: boolean): Span[] => {
    if (first === to) return complete ? [] : [{ from, to }];
    const middle = from + split(to - from);
    return first <= middle
      ? [...path(from, middle, complete), { from: middle, to }]
      : [...path(middle, to, false), { from, to: middle }];
  };
  return path(0, second, true);
}

/** The whole subtrees that a span is made of, left to right: O(log n). */
export function nodesOf({ from, to }: Span): Node[] {
  const nodes: Node[] = [];
  for (let at = from; at < to; ) {
    let level = 0;
    let width = 1;
    while (at % (width * 2) === 0 && at + width * 2 <= to) {
      width *= 2;
      level++;
    }
    nodes.push({ level, index: at / width });
    at += width;
  }
  return nodes;
}

/** The hash of a span from those of its whole subtrees, left to right. Of none, the empty root. */
export function joinHashes(hashes: readonly Hash[]): Hash {
  return hashes.length === 0
    ? EMPTY_ROOT
    : hashes.slice(0, -1).reduceRight((right, left) => nodeHash(left, right), hashes.at(-1)!);
}

/** The hash of 2^n nodes that stand side by side, n ≥ 0. */
export function foldWhole(hashes: readonly Hash[]): Hash {
  let level = hashes;
  while (level.length > 1)
    level = Array.from({ length: level.length / 2 }, (_, i) => nodeHash(level[2 * i]!, level[2 * i + 1]!));
  return level[0]!;
}

/** A tree that grows at its right edge; it holds the hashes of whole subtrees alone, O(log n) of them. */
export class GrowingTree {
  #size: number;
  readonly #edge: Hash[];
  readonly #onNode: ((node: Node, hash: Hash) => void) | undefined;

  /**
   * @param edge hashes of nodesOf({ from: 0, to: size }), where the tree is already so large
   * @param onNode told of each whole subtree above the leaves, as soon as it is complete
   */
  constructor(
    start: { readonly size: number; readonly edge: readonly Hash[] } = { size: 0, edge: [] },
    onNode?: (node: Node, hash: Hash) => void,
  ) {
    this.#size = start.size;
    this.#edge = [...start.edge];
    this.#onNode = onNode;
  }

  get size(): number {
    return this.#size;
  }

  get edge(): readonly Hash[] {
    return this.#edge;
  }

  root(): Hash {
    return joinHashes(this.#edge);
  }

  append(leaf: Hash): void {
    let node = leaf;
    let index = this.#size++;
    for (let level = 1; isOdd(index); level++) {
      node = nodeHash(this.#edge.pop()!, node);
      index = half(index);
      this.#onNode?.({ level, index }, node);
    }
    this.#edge.push(node);
  }
}

const equal = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;
const areHashes = (hashes: readonly Uint8Array[]): boolean => hashes.every((h) => h.length === HASH_BYTES);
const isCount = (n: number): boolean => Number.isSafeInteger(n) && n >= 0;

export interface InclusionClaim {
  readonly index: number;
  readonly size: number;
  readonly leaf: Uint8Array;
  readonly proof: readonly Uint8Array[];
  readonly root: Uint8Array;
}

/** Whether the proof shows that the leaf hash stands at its index in the tree of that size and root (RFC 9162, 2.1.3.2). */
export function verifyInclusion({ index, size, leaf, proof, root }: InclusionClaim): boolean {
  if (!isCount(index) || !isCount(size) || index >= size || !areHashes([leaf, ...proof])) return false;
  let fn = index;
  let sn = size - 1;
  let at: Uint8Array = leaf;
  for (const step of proof) {
    if (sn === 0) return false;
    if (isOdd(fn) || fn === sn) {
      at = nodeHash(step, at);
      while (!isOdd(fn) && fn !== 0) {
        fn = half(fn);
        sn = half(sn);
      }
    } else at = nodeHash(at, step);
    fn = half(fn);
    sn = half(sn);
  }
  return sn === 0 && equal(at, root);
}

export interface ConsistencyClaim {
  readonly first: number;
  readonly second: number;
  readonly firstRoot: Uint8Array;
  readonly secondRoot: Uint8Array;
  readonly proof: readonly Uint8Array[];
}

/**
 * Whether the proof shows that the second tree begins with the whole of the first (RFC 9162, 2.1.4.2). Of a tree without
 * leaves nothing can be shown: false.
 */
export function verifyConsistency(claim: ConsistencyClaim): boolean {
  const { first, second, firstRoot, secondRoot, proof } = claim;
  if (!isCount(first) || !isCount(second) || first < 1 || first > second) return false;
  if (first === second) return proof.length === 0 && equal(firstRoot, secondRoot);
  if (proof.length === 0 || !areHashes(proof)) return false;
  let fn = first - 1;
  let sn = second - 1;
  while (isOdd(fn)) {
    fn = half(fn);
    sn = half(sn);
  }
  // A first tree that is one whole subtree is not repeated in the proof.
  const steps = fn === 0 ? [firstRoot, ...proof] : proof;
  let fr: Uint8Array = steps[0]!;
  let sr: Uint8Array = steps[0]!;
  if (fr.length !== HASH_BYTES) return false;
  for (const step of steps.slice(1)) {
    if (sn === 0) return false;
    if (isOdd(fn) || fn === sn) {
      fr = nodeHash(step, fr);
      sr = nodeHash(step, sr);
      while (!isOdd(fn) && fn !== 0) {
        fn = half(fn);
        sn = half(sn);
      }
    } else sr = nodeHash(sr, step);
    fn = half(fn);
    sn = half(sn);
  }
  return sn === 0 && equal(fr, firstRoot) && equal(sr, secondRoot);
}
