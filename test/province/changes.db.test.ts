/** The months of changes of an invented province, loaded by the intake's own road (issue 2.5). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { day } from '../../src/kernel/day.ts';
import { getKnownAt } from '../../src/registry/answers/known-at.sql.ts';
import type { KnownAt } from '../../src/registry/answers/known-at.ts';
import { askPopulation } from '../../src/registry/answers/population.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import {
  csvRows,
  findingsOf,
  loadProvince,
  type TestProvince,
  testProvince,
} from '../support/generated-province.ts';

const MONTHS = 2;

describe.each([
  [11, 0],
  [12, 0.04],
])('a province of seed %i with months of changes and defects in a share of %d', (seed, defects) => {
  let province: TestProvince;
  let test: TestDatabase;
  /** The instant up to which each number's supplies are known. */
  const knownAfter: KnownAt[] = [];
  const outcomes: string[] = [];

  beforeAll(async () => {
    province = await testProvince({ persons: 2500, months: MONTHS, seed, defects });
    test = await testDatabase();
    for (let serial = 1; serial <= MONTHS + 1; serial++) {
      const number = `_${String(serial).padStart(6, '0')}_`;
      const archives = province.archives.filter((name) => name.includes(number));
      for (const { file, esito } of await loadProvince(test.db, province, archives))
        outcomes.push(`${file} ${esito}`);
      knownAfter.push(await getKnownAt(test.db, null));
    }
  }, 1_800_000);
  afterAll(async () => {
    await test?.drop();
    await province?.drop();
  });

  it('takes every supply, with the findings of difetti.csv and no others', async () => {
    const listed = (await csvRows(province.folder, 'difetti.csv')).map((cells) =>
      cells.slice(1).filter(Boolean).join(' '),
    );
    const found = (await findingsOf(test.db)).map((text) => text.replace(/ {2,}/g, ' '));
    expect(found).toEqual(listed.sort());
    expect(outcomes.filter((outcome) => outcome.endsWith('RIFIUTATA'))).toEqual([]);
    expect(outcomes).toHaveLength(47 * (MONTHS + 1));
  });

  it('has at each month end the residents of popolazione.csv, as known then and as known in the end', async () => {
    const rows = await csvRows(province.folder, 'popolazione.csv');
    const dates = [...new Set(rows.map(([, al]) => al!))];
    for (const [month, al] of dates.entries()) {
      const expected = rows.filter((cells) => cells[1] === al).sort();
      const last = await askPopulation(test.db, null, day(al), null);
      const then = await askPopulation(test.db, null, day(al), knownAfter[month]!);
      const found = expected.map(([comune]) => {
        const count = (state: typeof last): string =>
          String(state.per_comune.find((line) => line.comune === comune)?.totale ?? 0);
        return [comune, al, count(last), count(then)];
      });
      expect(found).toEqual(expected);
    }
  });
});
