import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts';
import { readComposite } from './composite.ts';

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
});
afterAll(() => test.drop());

it('a row as text gives back every field, whatever stands in it', async () => {
  const text = fc.string({ unit: fc.constantFrom('"', '\\', ',', '(', ')', ' ', 'a', 'è', '\n', '{', "'") });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.option(text), { minLength: 2, maxLength: 6 }), async (fields) => {
      const { rows } = await test.db.query<{ row: string }>(
        `select row(${fields.map((_, i) => `$${i + 1}::text`).join(', ')})::text as row`,
        fields,
      );
      expect(readComposite(rows[0]?.row ?? '')).toEqual(fields);
    }),
    { numRuns: 200 },
  );
});

it('numbers, truth and days stand as PostgreSQL writes them; a row of one NULL is one field', async () => {
  const { rows } = await test.db.query<{ row: string; none: string }>(
    `select row(12::bigint, true, date 'infinity', null, '')::text as row, row(null::text)::text as none`,
  );
  expect(readComposite(rows[0]?.row ?? '')).toEqual(['12', 't', 'infinity', null, '']);
  expect(readComposite(rows[0]?.none ?? '')).toEqual([null]);
});
