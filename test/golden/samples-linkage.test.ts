/** expected.json of the samples, `candidati` and `distinti`: entries that may be one person are proposed, those that only look alike are not. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadReference } from '../../src/reference/load-reference.ts';
import { linkAll, linkShare } from '../../src/registry/linkage/linkage.service.ts';
import { lastLinked, listCandidates } from '../../src/registry/linkage/linkage.sql.ts';
import { loadSupplies } from '../../src/services/intake/intake.service.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { linkageRoom } from '../support/columns.ts';
import { type ExpectedPair, readExpected, SAMPLES, samplesPresent } from '../support/samples.ts';

if (!samplesPresent) console.log(`skipped: ${SAMPLES} is not here`);

const expected = readExpected();
const EVERY = 1000;
const keyOf = (a: string, b: string): string => [a, b].sort().join(' = ');
const pairOf = ({ a, b }: ExpectedPair): string =>
  keyOf(`${a.comune}:${a.id_soggetto}`, `${b.comune}:${b.id_soggetto}`);

describe.skipIf(!samplesPresent)('candidates of the samples', () => {
  const reference = loadReference();
  const folder = mkdtempSync(join(tmpdir(), 'sipop-linkage-'));
  let test: TestDatabase;
  const load = async (files: readonly string[]): Promise<void> => {
    const paths = files.map((file) => join(SAMPLES, file));
    await loadSupplies(test.db, paths, {
      workFolder: folder,
      reference,
      threads: 1,
      now: () => new Date('2025-03-15T12:00:00Z'),
    });
  };
  const proposed = async (): Promise<string[]> =>
    (await listCandidates(test.db, null, 0, EVERY)).map((c) =>
      keyOf(`${c.comune_a}:${c.id_soggetto_a}`, `${c.comune_b}:${c.id_soggetto_b}`),
    );

  beforeAll(async () => {
    test = await testDatabase();
    await load(expected.ordine_di_caricamento.slice(0, 2));
    await linkAll(test.db, reference, linkageRoom);
  });
  afterAll(async () => {
    await test.drop();
    rmSync(folder, { recursive: true });
  });

  it('are found when all is loaded and linked by increments, and those who only look alike are not', async () => {
    await load(expected.ordine_di_caricamento.slice(2));
    await linkShare(test.db, reference, { since: (await lastLinked(test.db))! });
    const found = await proposed();
    expect(found).toEqual(expect.arrayContaining(expected.candidati.map(pairOf)));
    for (const pair of expected.distinti.map(pairOf)) expect(found).not.toContain(pair);
  });
  it('are the same when the whole is linked at once, and nobody else is proposed', async () => {
    await linkAll(test.db, reference, linkageRoom);
    expect((await proposed()).sort()).toEqual(expected.candidati.map(pairOf).sort());
  });
});
