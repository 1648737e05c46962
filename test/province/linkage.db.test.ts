/** Issue 4, figures: the Italian errors of the project's own generator, 1% of the persons registered twice, are found without labels. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadReference } from '../../src/reference/load-reference.ts';
import { linkAll } from '../../src/registry/linkage/linkage.service.ts';
import { listCandidates } from '../../src/registry/linkage/linkage.sql.ts';
import { blockingRecall } from '../../tools/bench/blocking-recall.ts';
import { MISTAKES } from '../../tools/generator/duplicates/errors.ts';
import { linkageRoom } from '../support/columns.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { csvRows, loadProvince, type TestProvince, testProvince } from '../support/generated-province.ts';

const PERSONS = 15_000;
const SHARE = 0.01;

let province: TestProvince;
let test: TestDatabase;
let truth: Map<string, string>;
const pairOf = (a: string, b: string): string => (a < b ? `${a} ${b}` : `${b} ${a}`);

beforeAll(async () => {
  province = await testProvince({ persons: PERSONS, months: 0, seed: 3, defects: 0, duplicates: SHARE });
  truth = new Map(
    (await csvRows(province.folder, 'duplicati.csv')).map(([ca, a, cb, b, errors]) => [
      pairOf(`${ca}:${a}`, `${cb}:${b}`),
      errors!,
    ]),
  );
  test = await testDatabase();
  await loadProvince(test.db, province, province.archives);
});
afterAll(async () => {
  await test.drop();
  await province.drop();
});

it('the list of duplicates has a share of the persons, within registers and across, and knows all kinds of error', () => {
  // Those whose code was never validated are on it too.
  expect(truth.size).toBeGreaterThan(0.9 * SHARE * PERSONS);
  expect(truth.size).toBeLessThan(1.5 * SHARE * PERSONS);
  const kinds = new Set([...truth.values()].flatMap((errors) => errors.split(' ')));
  const rare = new Set([
    'cognome_da_sposata',
    'cognome_in_meno',
    'cognome_senza_apostrofo_o_spazio',
    'nome_in_meno',
  ]);
  expect([...kinds]).toEqual(expect.arrayContaining(Object.keys(MISTAKES).filter((kind) => !rare.has(kind))));
  const within = [...truth.keys()].filter((pair) => pair.slice(0, 6) === pair.split(' ')[1]!.slice(0, 6));
  expect(within.length).toBeGreaterThan(0);
});

it('linkage finds them: 0.98 of them in a common block, F1 of at least 0.97 at the default threshold, pairs in no block counted as missed', async () => {
  await linkAll(test.db, loadReference(), linkageRoom);
  const blocked = await blockingRecall(test.db, [...truth.keys()]);
  const found = (await listCandidates(test.db, null, 0, 100_000)).map((c) =>
    pairOf(`${c.comune_a}:${c.id_soggetto_a}`, `${c.comune_b}:${c.id_soggetto_b}`),
  );
  const right = found.filter((pair) => truth.has(pair)).length;
  const f1 = (2 * right) / (found.length + truth.size);
  console.log(
    `blocking recall ${blocked.toFixed(4)}, duplicates ${truth.size}, found ${found.length}, right ${right}: precision ${(right / found.length).toFixed(4)}, recall ${(right / truth.size).toFixed(4)}, F1 ${f1.toFixed(4)}`,
  );
  expect(blocked).toBeGreaterThanOrEqual(0.98);
  expect(f1).toBeGreaterThanOrEqual(0.97);
});
