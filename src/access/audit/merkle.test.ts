import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  consistencySpans,
  EMPTY_ROOT,
  foldWhole,
  GrowingTree,
  type Hash,
  inclusionSpans,
  joinHashes,
  leafHash,
  type Node,
  nodeHash,
  nodesOf,
  type Span,
  verifyConsistency,
  verifyInclusion,
} from './merkle.ts';

const CASES = '../shared/cases/merkle';
const present = existsSync(CASES);
if (!present) console.log(`skipped: ${CASES} is not here`);

const cases = (kind: string): string[] =>
  present
    ? readdirSync(join(CASES, kind), { recursive: true, encoding: 'utf8' }).filter((n) => n.endsWith('.json'))
    : [];
const read = <T>(kind: string, name: string): T =>
  JSON.parse(readFileSync(join(CASES, kind, name), 'utf8')) as T;
const bytes = (base64: string): Buffer => Buffer.from(base64, 'base64');

interface InclusionCase {
  readonly leafIdx: number;
  readonly treeSize: number;
  readonly root: string;
  readonly leafHash: string;
  readonly proof: readonly string[] | null;
  readonly wantErr: boolean;
}
interface ConsistencyCase {
  readonly size1: number;
  readonly size2: number;
  readonly root1: string;
  readonly root2: string;
  readonly proof: readonly string[] | null;
  readonly wantErr: boolean;
}

describe.skipIf(!present)('published proofs, good and bad, verify exactly where they must', () => {
  it.each(cases('inclusion'))('inclusion %s', (name) => {
    const c = read<InclusionCase>('inclusion', name);
    const verified = verifyInclusion({
      index: c.leafIdx,
      size: c.treeSize,
      leaf: bytes(c.leafHash),
      proof: (c.proof ?? []).map(bytes),
      root: bytes(c.root),
    });
    expect(verified).toBe(!c.wantErr);
  });
  it.each(cases('consistency'))('consistency %s', (name) => {
    const c = read<ConsistencyCase>('consistency', name);
    const verified = verifyConsistency({
      first: c.size1,
      second: c.size2,
      firstRoot: bytes(c.root1),
      secondRoot: bytes(c.root2),
      proof: (c.proof ?? []).map(bytes),
    });
    expect(verified).toBe(!c.wantErr);
  });
});

/** MTH(D[n]) word for word as RFC 6962, 2.1 has it. */
function naiveRoot(leaves: readonly Hash[]): Hash {
  if (leaves.length === 0) return EMPTY_ROOT;
  if (leaves.length === 1) return leaves[0]!;
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return nodeHash(naiveRoot(leaves.slice(0, k)), naiveRoot(leaves.slice(k)));
}
const leavesOf = (n: number): Hash[] => Array.from({ length: n }, (_, i) => leafHash(`leaf ${i}`));
const hashOf = (leaves: readonly Hash[], { from, to }: Span): Hash => naiveRoot(leaves.slice(from, to));
const RUNS = { numRuns: 200, seed: 6962 };
const MOST = 300;

describe('the tree of RFC 6962', () => {
  it('hashes leaves and nodes apart (0x00, 0x01), and text as its UTF-8 bytes', () => {
    expect(EMPTY_ROOT.toString('hex')).toBe(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    );
    expect(leafHash('').toString('hex')).toBe(
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    );
    expect(leafHash('Nicolò')).toEqual(leafHash(Buffer.from('Nicolò', 'utf8')));
  });

  it('grows to the same root as the definition, and tells each whole subtree once', () => {
    fc.assert(
      fc.property(fc.nat(MOST), (n) => {
        const leaves = leavesOf(n);
        const told: Node[] = [];
        const tree = new GrowingTree(undefined, (node, hash) => {
          told.push(node);
          const width = 2 ** node.level;
          expect(hash).toEqual(hashOf(leaves, { from: node.index * width, to: (node.index + 1) * width }));
        });
        for (const leaf of leaves) tree.append(leaf);
        expect(tree.root()).toEqual(naiveRoot(leaves));
        let whole = 0;
        for (let width = 2; width <= n; width *= 2) whole += Math.floor(n / width);
        expect(told).toHaveLength(whole);
        expect(tree.edge).toEqual(
          nodesOf({ from: 0, to: n }).map(({ level, index }) =>
            hashOf(leaves, { from: index * 2 ** level, to: (index + 1) * 2 ** level }),
          ),
        );
      }),
      RUNS,
    );
  });

  it('goes on from a stored right edge as if it had never stopped', () => {
    fc.assert(
      fc.property(fc.nat(MOST), fc.nat(MOST), (before, more) => {
        const leaves = leavesOf(before + more);
        const first = new GrowingTree();
        for (const leaf of leaves.slice(0, before)) first.append(leaf);
        const second = new GrowingTree({ size: first.size, edge: first.edge });
        for (const leaf of leaves.slice(before)) second.append(leaf);
        expect(second.root()).toEqual(naiveRoot(leaves));
      }),
      RUNS,
    );
  });

  it('proves every leaf, and a proof spoiled in any bit, step, index or size proves nothing', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: MOST }), fc.nat(), fc.nat(), (size, i, spoil) => {
        const leaves = leavesOf(size);
        const index = i % size;
        const spans = inclusionSpans(index, size);
        const proof = spans.map((span) => hashOf(leaves, span));
        const claim = { index, size, leaf: leaves[index]!, proof, root: naiveRoot(leaves) };
        expect(verifyInclusion(claim)).toBe(true);
        for (const span of spans)
          expect(
            joinHashes(
              nodesOf(span).map(({ level, index: at }) =>
                foldWhole(leaves.slice(at * 2 ** level, (at + 1) * 2 ** level)),
              ),
            ),
          ).toEqual(hashOf(leaves, span));
        expect(verifyInclusion({ ...claim, index: index + 1 })).toBe(false);
        expect(verifyInclusion({ ...claim, proof: [...proof, EMPTY_ROOT] })).toBe(false);
        expect(verifyInclusion({ ...claim, leaf: leafHash('another') })).toBe(false);
        if (proof.length > 0) {
          const at = spoil % proof.length;
          const wrong = Buffer.from(proof[at]!);
          wrong[spoil % 32]! ^= 1 << (spoil % 8);
          expect(verifyInclusion({ ...claim, proof: proof.with(at, wrong) })).toBe(false);
          expect(verifyInclusion({ ...claim, proof: proof.slice(1) })).toBe(false);
          expect(verifyInclusion({ ...claim, proof: proof.slice(0, -1) })).toBe(false);
        }
      }),
      RUNS,
    );
  });

  it('shows that a tree begins with a smaller one, and never with another', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: MOST }), fc.nat(), fc.nat(), (second, m, spoil) => {
        const first = 1 + (m % second);
        const leaves = leavesOf(second);
        const proof = consistencySpans(first, second).map((span) => hashOf(leaves, span));
        const claim = {
          first,
          second,
          firstRoot: naiveRoot(leaves.slice(0, first)),
          secondRoot: naiveRoot(leaves),
          proof,
        };
        expect(verifyConsistency(claim)).toBe(true);
        const other = leaves.slice(0, first).with(spoil % first, leafHash('changed'));
        expect(verifyConsistency({ ...claim, firstRoot: naiveRoot(other) })).toBe(false);
        expect(verifyConsistency({ ...claim, secondRoot: leafHash('x') })).toBe(false);
        expect(verifyConsistency({ ...claim, proof: [...proof, EMPTY_ROOT] })).toBe(false);
        if (proof.length > 0) expect(verifyConsistency({ ...claim, proof: proof.slice(1) })).toBe(false);
      }),
      RUNS,
    );
  });

  it('keeps its sums beyond 32 bits', () => {
    const size = 2 ** 40 + 5;
    expect(nodesOf({ from: 0, to: size })).toEqual([
      { level: 40, index: 0 },
      { level: 2, index: 2 ** 38 },
      { level: 0, index: 2 ** 40 + 4 },
    ]);
    expect(inclusionSpans(2 ** 40, size)).toEqual([
      { from: 2 ** 40 + 1, to: 2 ** 40 + 2 },
      { from: 2 ** 40 + 2, to: 2 ** 40 + 4 },
      { from: 2 ** 40 + 4, to: size },
      { from: 0, to: 2 ** 40 },
    ]);
  });
});
