import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts';
import { foundIn, loadBundles } from '../../../test/support/load-bundles.ts';
import { everyFinding } from './every-finding.sql.ts';
import { findOutcome, listFindings, listFindingsOfComune } from './supplies.sql.ts';

const COMUNE = '036001';
let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
});
afterAll(() => test.drop());

it('lists every finding once, in the order of the outcome, however many are read at a time', async () => {
  const findings = Array.from({ length: 50 }, (_, i) =>
    foundIn(i % 3 === 0 ? 'SIP-102' : 'EC001', {
      file: i % 10 === 0 ? null : i % 2 === 0 ? 'legami.csv' : 'soggetti.csv',
      riga: i % 10 === 0 ? null : 1 + (i % 7),
      campo: `c${i}`,
    }),
  );
  const { ricevuta } = await loadBundles(test.db, { comune: COMUNE, households: [], bundles: [], findings });
  const { supplyId } = (await findOutcome(test.db, ricevuta))!;
  const listed = await listFindings(test.db, supplyId, 1000);
  expect(listed).toHaveLength(50);
  for (const page of [1, 7, 50, 1000]) {
    const all = { supplyId, comune: null, codice: null, closedToo: true };
    expect(await Array.fromAsync(everyFinding(test.db, all, page))).toEqual(listed);
    const open = { codice: 'SIP-102', closedToo: false };
    expect(
      await Array.fromAsync(everyFinding(test.db, { supplyId: null, comune: COMUNE, ...open }, page)),
    ).toEqual(await listFindingsOfComune(test.db, COMUNE, { ...open, limit: 1000 }));
  }
});
