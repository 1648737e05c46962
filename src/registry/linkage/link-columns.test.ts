/** Linking in columns says what the pure functions say (docs/adr/0012-linkage.md): every level of every pair, pairs of blocks, model, weights. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  linkedInColumns,
  linkedInMemory,
  roundedModel,
  roundedScores,
  withColumns,
} from '../../../test/support/columns.ts';
import { NATIONS } from '../../../tools/generator/names-foreign.ts';
import { italianName, italianSurname } from '../../../tools/generator/names-italian.ts';
import { Random } from '../../../tools/generator/random.ts';
import type { PartialDate } from '../../kernel/day.ts';
import { Comparer } from './comparison.ts';
import { ENTRY_FIELDS } from './entry-fields.ts';
import { type EntryRecord, EntryRecords, type RecordRow } from './entry-record.ts';
import { defineComparison } from './levels.sql.ts';
import { compareNames, formOf, isRelated, type NameForm, NameForms, textOfForm } from './names.ts';
import { entryLinkage, readRules } from './policy.ts';
import { columnsOf, RECORD_COLUMNS, type RecordColumns, recordOfColumns } from './record-columns.ts';

const SURNAMES = [
  ...['ROSSI', 'ROSI', 'RSOSI', 'ROSSO', 'RUSSO', 'NERI', 'MERI', 'ADA', 'IDA', 'LI', 'LIN'],
  ...['DE LUCA ROSSI', 'ROSSI DE LUCA', 'De Luca', 'DELUCA', "D'ANGELO", 'DANGELO BIANCHI', 'BIANCHI'],
  ...['MARTINI', 'MARINI', 'MARTNII', 'ŠKODA', 'ЖУКОВ', 'ЖУКОВА', 'ΚΩΣΤΑΣ', 'ZOBOLI', 'SOBOLI', 'ZOBOLLI'],
  ...[
    'ELSA',
    'ELSA MARIA',
    'MARIA ELSA',
    'MARIA',
    'MARIO',
    '-',
    'CHIESA',
    'KIESA',
    'ABBATANGELO',
    'ABATANGELO',
  ],
  // A slip among repeated letters, of which Jaro's measure makes most.
  ...['ANASTASIA', 'NASTASIA', 'FERNANDA', 'FARNANDA', 'SARA', 'ASARA', 'LUPU', 'ULUPU', 'PERERA', 'RERERA'],
];
const DATES = [
  ...['1961-03-09', '1961-09-03', '1961-03-08', '1961-03-19', '1961-03-90', '1961-03', '1961', '1916-03-09'],
  ...[
    '1916',
    '1691-03-09',
    '1961-12-21',
    '1961-21-12',
    '1990-10-17',
    '1990-10-71',
    '1990-01-17',
    '1991-11-11',
    '',
  ],
  ...['1961-04-09', '1961-03-27', '1962-03-09', '1962-04-10', '1916-03'],
];
const CODES = [
  ...['RSSMRA61C49F257K', 'RSSMRA61C49F25TK', 'RSSMRA61C49F257X', 'RSSMRA61C48F257K', 'RSSMRA61C49F2RTB'],
  ...['ZBLLSE61C49F257A', 'VNDPIA90R57F257H', '12345678901', '12345678902', 'ROTTO', 'RÒTTO', 'rotto'],
];
const some = <T>(values: readonly T[]) => fc.constantFrom(...values);
const orNull = <T>(values: readonly T[], freq = 4) => fc.option(some(values), { freq });

const row = fc
  .record({
    entry_id: fc.nat(200),
    person_id: fc.nat(150),
    comune: some(['036001', '036002']),
    sealed: fc.boolean(),
    cognome: orNull(SURNAMES, 12),
    nome: orNull(SURNAMES, 12),
    surname_key: fc.constant(''),
    given_key: fc.constant(''),
    sesso: some(['M', 'F', 'F', '']),
    birth_text: some(DATES) as fc.Arbitrary<PartialDate>,
    codice_fiscale: orNull(CODES),
    validita_cf: some(['1', null, '0']),
    comune_nascita: orNull(['036023', '036024', '036025', '037006']),
    stato_nascita: orNull(['100', '203', '216']),
    localita_nascita: orNull(['LION', 'LYON', 'LION']),
    cf_padre: orNull(CODES),
    cf_madre: orNull(CODES),
    street_key: orNull(['VIA EMILIA', 'VIA EMILIA EST']),
    civico_key: orNull(['1', '2', '']),
  })
  .map((r): RecordRow => r);
const maker = () =>
  new EntryRecords(
    (istat) => ({ '036023': ['F257'], '036024': ['F257', 'A001'], '036025': ['A001'] })[istat] ?? [],
    (r) => r.sealed,
  );
const sample = (numRuns: number, seed: number): EntryRecord[] => {
  const records = maker();
  return fc.sample(row, { numRuns, seed }).map((r) => records.of(r));
};

describe('a name as one text', () => {
  it('gives the same form again: key, parts and sound', () => {
    const forms = new NameForms();
    const word = fc.oneof(some(SURNAMES), fc.string({ maxLength: 8 }));
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 3 }), (words) => {
        const form = forms.of(words.join(' '));
        if (form !== null) expect(formOf(textOfForm(form))).toEqual(form);
      }),
    );
  });
});

describe('a record as columns', () => {
  it('is the same record again', () => {
    for (const record of sample(300, 1)) {
      const values = columnsOf(record, 7, []).map((v) => (typeof v === 'bigint' ? Number(v) : v));
      const columns = Object.fromEntries(Object.keys(RECORD_COLUMNS).map((name, i) => [name, values[i]]));
      expect(recordOfColumns(columns as RecordColumns)).toEqual(record);
    }
  });
});

/** A name as it may be written by a slip: a letter more, less or another, mostly one that it has already, or two exchanged. */
function slipped(name: string, random: Random): string {
  const at = random.int(0, name.length - 1);
  const letter = random.chance(0.7) ? name[random.int(0, name.length - 1)]! : 'XKZQ'[random.int(0, 3)]!;
  const [before, after] = [name.slice(0, at), name.slice(at + 1)];
  const slips = [
    `${before}${letter}${name.slice(at)}`,
    `${before}${after}`,
    `${before}${letter}${after}`,
    `${before}${after.slice(0, 1)}${name[at]!}${after.slice(1)}`,
  ];
  return slips[random.int(0, slips.length - 1)]!;
}

function drawnName(random: Random): string {
  const nation = NATIONS.draw(random);
  const names = [
    italianSurname(random, random.chance(0.5)),
    italianName(random, random.chance(0.5) ? 'M' : 'F', random.int(1930, 2020)),
    nation.surnames.draw(random),
    nation.men.draw(random),
    nation.women.draw(random),
  ];
  return names[random.int(0, names.length - 1)]!;
}

describe('names that columns leave out of the comparison', () => {
  it('are far from each other and not related, whatever slip of the pen lies between two names of the province', async () => {
    const random = new Random(5);
    const forms = new NameForms();
    const pairs: [NameForm, NameForm][] = [];
    while (pairs.length < 30_000) {
      const name = drawnName(random);
      const [a, b] = [forms.of(name), forms.of(slipped(name, random))];
      if (a !== null && b !== null) pairs.push([a, b]);
    }
    await withColumns(256, async (store) => {
      await defineComparison(store);
      await store.run(
        'create table drawn (i integer, x varchar, x_key varchar, x_sound varchar, y varchar, y_key varchar, y_sound varchar)',
      );
      const drawn = await store.append('drawn');
      pairs.forEach(([a, b], i) => {
        drawn.add([i, textOfForm(a), a.key, a.sound, textOfForm(b), b.key, b.sound]);
      });
      drawn.close();
      const left = await store.rows<{ i: number }>(
        'select i from drawn where x_key <> y_key and not near(x, x_key, x_sound, y, y_key, y_sound, false)',
      );
      const wrong = left
        .map(({ i }) => pairs[i]!)
        .filter(([a, b]) => isRelated(a, b) || compareNames(a, b) !== 'far')
        .map(([a, b]) => `${a.key} ${b.key}`);
      expect(wrong).toEqual([]);
    });
  }, 60_000);
});

describe('linking in columns', () => {
  it('compares as the pure functions do, field by field, whatever the two say', async () => {
    const comparer = new Comparer(ENTRY_FIELDS);
    for (const seed of [11, 12]) {
      const records = sample(460, seed);
      const linkage = entryLinkage();
      await withColumns(256, async (store) => {
        await linkedInColumns(store, linkage, records);
        let seen = 0;
        const wrong: unknown[] = [];
        for (const pair of await store.rows<Record<string, number>>('select * from levels_random_pairs')) {
          const [a, b] = [records[pair['a']!]!, records[pair['b']!]!];
          const right = [...comparer.levelsOf(comparer.compare(a, b))];
          const found = right.map((_, i) => pair[`l${i}`]!);
          seen++;
          if (found.join() !== right.join()) wrong.push({ a, b, right, found });
        }
        expect(wrong.slice(0, 3)).toEqual([]);
        expect(seen).toBeGreaterThan(90_000);
      });
    }
  }, 60_000);

  it('gives the pairs of the blocks, the model and the weights of the pure functions, blocks too large left out, range by range of the records', async () => {
    const records = sample(700, 13);
    const rules = readRules().map((rule, i) => ({ ...rule, most: i % 2 === 0 ? 6 : rule.most }));
    const linkage = { ...entryLinkage(rules), threshold: 0.01 };
    const right = linkedInMemory(linkage, records);
    expect(right.counts.some((count) => count.leftOut > 0)).toBe(true);
    expect(right.scored.length).toBeGreaterThan(20);
    await withColumns(256, async (store) => {
      const found = await linkedInColumns(store, linkage, records, 250);
      expect(found.counts).toEqual(right.counts);
      expect(found.pairs).toBe(right.pairs);
      expect(roundedModel(found.model)).toEqual(roundedModel(right.model));
      expect(roundedScores(found)).toEqual(roundedScores(right));
      for (const { a } of found.scored) expect(found.recordAt(a)).toEqual(records[a]);
    });
  }, 60_000);
});
