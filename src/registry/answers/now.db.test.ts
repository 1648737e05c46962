/** One statement for what is asked most (now.sql.ts) answers as the parts asked one by one do, and reads the columns that the schema has. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { code } from '../../../test/support/codes.ts';
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts';
import { expectNowAsThen } from '../../../test/support/now-as-then.ts';
import { line, Story } from '../../../test/support/story.ts';
import { day } from '../../kernel/day.ts';
import { type DirectKey, listNow, loadingAlone, type NowRow } from './now.sql.ts';
import { TABLE_COLUMNS } from './now-rows.ts';

const MARIO = code('ROSSI', 'MARIO', 'M', '1970-01-01');
const ANNA = code('BIANCHI', 'ANNA', 'F', '1972-02-02');
const UGO = code('NERI', 'UGO', 'M', '2010-03-03');

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
});
afterAll(() => test.drop());

it('the columns of each table stand in the order of the schema', async () => {
  for (const [table, columns] of Object.entries(TABLE_COLUMNS)) {
    const { rows } = await test.db.query<{ name: string; type: string }>(
      `select attname as name, atttypid::regtype::text as type from pg_attribute
        where attrelid = $1::regclass and attnum > 0 and not attisdropped order by attnum`,
      [`registry.${table}`],
    );
    expect(rows.map(({ name }) => name)).toEqual(columns.map(([name]) => name));
    const readings: Record<string, string> = { bigint: 'number', integer: 'number', boolean: 'truth' };
    for (const [i, [name, reading]] of columns.entries())
      if (reading !== '-' && !['event_id', 'source_row'].includes(name))
        expect([name, reading]).toEqual([name, readings[rows[i]?.type ?? ''] ?? 'text']);
  }
});

it('families, moves, a death, a changed identity and one that is sealed: as known now and at the last instant the same', async () => {
  const story = new Story(test.db);
  await story.begin(`
    id  nome          sesso  nascita     famiglia  stato  cf
    S1  ROSSI MARIO   M      1970-01-01  F1/1      2      ${MARIO}
    S2  BIANCHI ANNA  F      1972-02-02  F1/2      2      ${ANNA}
    S3  NERI UGO      M      2010-03-03  F1/3      1      ${UGO}
    S4  GALLI PIA     F      1950-05-05  F2/1      1
  `);
  await story.begin(
    `
    id  nome         sesso  nascita     famiglia  stato  cf
    S1  ROSSI MARIO  M      1970-01-01  F1/1      2      ${MARIO}
  `,
    'B',
  );
  await story.supply(
    line('1', 'RISERVATEZZA', '2025-02-01', { id_soggetto: 'S2', riservatezza: '1' }),
    line('2', 'DECESSO', '2025-02-03', {
      id_soggetto: 'S4',
      data_morte: '2025-02-03',
      comune_morte: '036023',
    }),
    line('3', 'GENERALITA', '2025-02-05', {
      id_soggetto: 'S3',
      cognome: 'ROSSI',
      codice_fiscale: code('ROSSI', 'UGO', 'M', '2010-03-03'),
      motivo: 'ADOZIONE',
      id_padre: 'S1',
      id_madre: 'S2',
    }),
  );
  const { rows } = await test.db.query('select from identities where sealed');
  expect(rows.length).toBeGreaterThan(0);
  expect(await expectNowAsThen(test.db, ['2010-01-01', '2025-02-04', '2025-03-01'])).toBeGreaterThan(10);
});

it('questions that go together in one statement, whoever they are about and on whatever days, bring each what it brings alone', async () => {
  const { rows } = await test.db.query<{ entry_id: number; comune: string; id_soggetto: string }>(
    'select entry_id, comune, id_soggetto from entries',
  );
  const keys: readonly DirectKey[] = [
    ...[MARIO, ANNA, UGO, 'NSSNSS80A01F257X'].map(
      (codice_fiscale) => ({ kind: 'code', codice_fiscale }) as const,
    ),
    ...rows.flatMap(({ entry_id, comune, id_soggetto }) => [
      { kind: 'number', comune, id_soggetto } as const,
      { kind: 'provincial', entryId: entry_id } as const,
    ]),
    { kind: 'provincial', entryId: 999_999_999_999_999 },
    { kind: 'number', comune: '036023', id_soggetto: 'S99' },
  ];
  const text = (found: readonly NowRow[]) => found.map(({ part, row }) => `${part} ${row}`).sort();
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('person', 'family', 'history'),
      fc.array(
        fc.record({
          key: fc.constantFrom(...keys),
          d: fc.constantFrom('2010-01-01', '2025-02-04', '2025-03-01').map(day),
        }),
        { minLength: 1, maxLength: 12 },
      ),
      async (question, asked) => {
        const together = await listNow(test.db, question, asked);
        const alone: (readonly NowRow[])[] = [];
        for (const one of asked) alone.push(await loadingAlone(test.db)(question, one));
        expect(together.map(text)).toEqual(alone.map(text));
      },
    ),
    { numRuns: 40 },
  );
});
