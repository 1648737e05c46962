/**
 * The quality of search (issue 6, "Shown by"), in small: names of a generated province mistyped by a seed. `npm run bench -- quality` asks 2,000 of a whole
 * province.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { day } from '../../src/kernel/day.ts';
import { randomFrom } from '../../tools/bench/random.ts';
import { highestEntry, listSampledPersons } from '../../tools/bench/sample.sql.ts';
import { type Quality, searchQuality } from '../../tools/bench/search-quality.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { loadProvince, type TestProvince, testProvince } from '../support/generated-province.ts';

let test: TestDatabase;
let province: TestProvince;
let quality: Quality;
beforeAll(async () => {
  test = await testDatabase();
  province = await testProvince({ persons: 4000, months: 0, seed: 11, defects: 0 });
  await loadProvince(test.db, province, province.archives);
  const random = randomFrom(11);
  const highest = await highestEntry(test.db);
  const ids = Array.from({ length: 2000 }, () => 1 + Math.floor(random() * highest));
  quality = await searchQuality(
    test.db,
    await listSampledPersons(test.db, ids),
    day('2024-12-31'),
    300,
    random,
  );
}, 900_000);
afterAll(async () => {
  await test.drop();
  await province.drop();
});

it('the right person comes first in at least 95% of mistyped queries (similar)', () => {
  expect(quality.asked).toBe(300);
  expect({ share: quality.first / quality.asked >= 0.95, misses: quality.misses }).toMatchObject({
    share: true,
  });
});

it('accents, case, apostrophes and swapped names cost nothing', () => {
  for (const mistake of ['segni', 'scambiati'] as const) {
    const { asked, first } = quality.byMistake[mistake];
    expect(asked).toBeGreaterThan(10);
    expect(first).toBe(asked);
  }
});

it('exact search never lists, unmarked, somebody of another name than the one typed', () => {
  expect(quality.silentlyWrong).toBe(0);
});
