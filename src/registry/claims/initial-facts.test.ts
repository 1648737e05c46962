import { describe, expect, it } from 'vitest';
import { address, bundle, famiglia, legame, soggetto } from '../../../test/support/bundles.ts';
import { day } from '../../kernel/day.ts';
import { type CopyTable, columnsOf, FACT_TABLES, KEY_COLUMNS, type Row } from '../tables/tables.ts';
import { entryFacts, householdFacts } from './initial-facts.ts';
import type { EntryBundle, HouseholdRecord } from './records.ts';

function rowsOf(
  one: EntryBundle,
  households: readonly HouseholdRecord[],
): Map<CopyTable, Record<string, unknown>[]> {
  const found = new Map<CopyTable, Record<string, unknown>[]>();
  const out = (table: CopyTable, row: Row): void => {
    const columns = columnsOf(table);
    expect(row, table).toHaveLength(columns.length);
    const named = Object.fromEntries(columns.map((column, i) => [column, row[i]]));
    found.set(table, [...(found.get(table) ?? []), named]);
  };
  const ctx = { comune: '036001', eventId: 1, entryId: () => 7, householdId: (h: HouseholdRecord) => h.riga };
  entryFacts(ctx, one, { get: (_, id) => households.find((h) => h.id === id) }, out);
  for (const household of households) householdFacts(ctx, household, out);
  return found;
}

const spells = (rows: readonly Record<string, unknown>[] | undefined) =>
  (rows ?? []).map((row) => [row.valid_from, row.valid_to]);

describe('what a full supply says becomes spells (tracciato.md 2)', () => {
  it('fills every table, each row with all its columns', () => {
    const everything = soggetto(1, {
      documento_tipo: 'CI',
      documento_numero: 'AA1',
      soggiorno_tipo: '1',
      titolo_studio: 'A',
      riservatezza: true,
      posizione: 'DECEDUTO',
      data_morte: day('2020-01-01'),
      id_padre: 'S2',
      codice_fiscale: 'X',
    });
    const found = rowsOf(bundle(everything, [legame(1, 'F1')]), [famiglia(1)]);
    // Ends of registration of their own come only with events.
    const expected = [...FACT_TABLES.filter((t) => t !== 'departures'), ...Object.keys(KEY_COLUMNS)];
    expect([...found.keys()].sort()).toEqual(expected.sort());
  });

  it('ends dwelling and membership with the registration, civil status and citizenship with life', () => {
    const dead = soggetto(1, {
      posizione: 'DECEDUTO',
      data_morte: day('2020-01-01'),
      cancellato_dal: day('2019-01-01'),
    });
    const found = rowsOf(bundle(dead, [legame(1, 'F1')]), [famiglia(1)]);
    for (const table of ['registrations', 'dwellings', 'memberships'] as const)
      expect(spells(found.get(table)), table).toEqual([['2010-01-01', '2019-01-01']]);
    for (const table of ['civil_statuses', 'citizenships'] as const)
      expect(spells(found.get(table)), table).toEqual([['2010-01-01', '2020-01-01']]);
  });

  it('lets an open dwelling follow the family, and keeps former ones with their own address', () => {
    const one = bundle(soggetto(1), [legame(1, 'F1')], {
      residenze: [
        {
          riga: 1,
          dal: day('2010-01-01'),
          al: day('2015-06-01'),
          indirizzo: address({ toponimo: 'VECCHIA' }),
        },
        { riga: 2, dal: day('2015-06-01'), al: null, indirizzo: address() },
      ],
    });
    const found = rowsOf(one, [famiglia(1)]);
    expect(found.get('dwellings')?.map((d) => [d.toponimo, d.valid_from, d.valid_to, d.follows])).toEqual([
      ['VECCHIA', '2010-01-01', '2015-06-01', null],
      ['ROMA', '2015-06-01', 'infinity', 1],
    ]);
  });

  it('starts the present from its own date, else from what a contradicting open row said, else from the last end', () => {
    const married = { riga: 1, stato_civile: '1', id_coniuge: null, cf_coniuge: null, atto: null };
    const history = [{ ...married, dal: day('1990-01-01'), al: day('2000-05-05') }];
    const starts = (change: Parameters<typeof soggetto>[1], contradicted: string | null) =>
      spells(
        rowsOf(
          bundle(soggetto(1, { stato_civile: '2', ...change }), [legame(1, 'F1')], {
            stati_civili: history,
            contradicted: {
              residenza: null,
              cittadinanza: null,
              stato_civile: contradicted === null ? null : day(contradicted),
            },
          }),
          [famiglia(1)],
        ).get('civil_statuses'),
      ).at(-1);
    expect(starts({}, null)).toEqual(['2000-05-05', 'infinity']);
    expect(starts({}, '2001-01-01')).toEqual(['2001-01-01', 'infinity']);
    expect(starts({ stato_civile_dal: day('2002-02-02') }, '2001-01-01')).toEqual(['2002-02-02', 'infinity']);
  });
});
