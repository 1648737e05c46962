/** The published cases of record linkage (../shared/cases/linkage), and how the project's own linkage is told to read them. */
import { readFileSync } from 'node:fs';
import type { BlockingRule, Keys } from '../../src/registry/linkage/blocking.ts';
import { type Field, type Level, NONE, type Term } from '../../src/registry/linkage/comparison.ts';
import { compareDates, DATE_LEVELS, type DateForm, dateForm } from '../../src/registry/linkage/dates.ts';
import type { Linkage } from '../../src/registry/linkage/link.ts';
import { isOneSlip, jaroWinkler } from '../../src/registry/linkage/measures.ts';
import { countTerms } from '../../src/registry/linkage/model.ts';
import { soundOf } from '../../src/registry/linkage/sound.ts';

/** A row of a published file: texts by column; the label is kept apart, and nothing learns from it. */
export interface CsvRecord {
  readonly texts: Readonly<Record<string, string>>;
  readonly born: DateForm | null;
  readonly label: string;
}

/** Rows of a file without quotes, by column. */
function rowsOf(path: string): Record<string, string>[] {
  const [head, ...lines] = readFileSync(path, 'utf8').trimEnd().split(/\r?\n/);
  const columns = head!.split(',').map((c) => c.trim());
  return lines.map((line) => {
    const cells = line.split(',');
    return Object.fromEntries(columns.map((column, i) => [column, (cells[i] ?? '').trim().toUpperCase()]));
  });
}

type Get = (r: CsvRecord) => string;
const get =
  (column: string): Get =>
  (r) =>
    r.texts[column] ?? '';

const level = (name: string, m: number, u: number): Level => ({ name, m, u });

/** Equal, one slip, similar, different; with the rarity of what is equal. */
function textField(name: string, of: Get, kind = name): Field<CsvRecord> {
  return {
    name,
    levels: [
      level('equal', 0.85, 0.01),
      level('slip', 0.06, 0.002),
      level('similar', 0.03, 0.01),
      level('different', 0.06, 0.978),
    ],
    compare(a, b) {
      const [x, y] = [of(a), of(b)];
      if (x === '' || y === '') return NONE;
      if (x === y) return 0;
      if (Math.max(x.length, y.length) >= 4 && isOneSlip(x, y)) return 1;
      return jaroWinkler(x, y) >= 0.88 ? 2 : 3;
    },
    agreed: (a, _b, at): readonly Term[] => (at === 0 ? [{ kind, value: of(a) }] : []),
  };
}

/** A surname or given name of two columns that may have been swapped. */
function nameField(name: string, own: string, other: string): Field<CsvRecord> {
  const plain = textField(name, get(own));
  return {
    ...plain,
    levels: [
      level('equal', 0.8, 0.01),
      level('swapped', 0.02, 0.0005),
      level('slip', 0.07, 0.002),
      level('similar', 0.04, 0.01),
      level('different', 0.07, 0.9775),
    ],
    compare(a, b, before) {
      const at = plain.compare(a, b, before);
      const swapped =
        (get(own)(a) !== '' && get(own)(a) === get(other)(b)) ||
        (get(own)(b) !== '' && get(own)(b) === get(other)(a));
      if (swapped && at !== 0) return 1;
      return at <= 0 ? at : at + 1;
    },
  };
}

const dateField: Field<CsvRecord> = {
  name: 'born',
  levels: DATE_LEVELS.map((name, i) => {
    const m = [0.85, 0.001, 0.01, 0.06, 0.02, 0.02, 0.02, 0.019][i]!;
    const u = [0.0001, 0.0001, 0.0001, 0.001, 0.003, 0.001, 0.015, 0.9797][i]!;
    return level(name, m, u);
  }),
  compare: (a, b) => (a.born === null || b.born === null ? NONE : compareDates(a.born, b.born)),
};

const frequenciesOf =
  (kinds: Readonly<Record<string, Get>>) =>
  (records: readonly CsvRecord[]): ReturnType<Linkage<CsvRecord>['frequencies']> =>
    Object.fromEntries(
      Object.entries(kinds).map(([kind, of]) => [kind, countTerms(records.map((r) => of(r) || null))]),
    );

const rule = (keys: readonly string[], settles?: readonly string[]): BlockingRule => ({
  name: keys.join(' + '),
  keys: [...keys],
  most: 400,
  ...(settles === undefined ? {} : { settles: [...settles] }),
});

const birthKeys: Keys<CsvRecord> = {
  born: (r) => (r.born === null ? null : `${r.born.year}-${r.born.month}-${r.born.day}`),
  'born year': (r) => (r.born === null ? null : String(r.born.year)),
  'born day and month': (r) => (r.born === null ? null : `${r.born.month}-${r.born.day}`),
};

export function febrl3(path: string): { records: CsvRecord[]; linkage: Linkage<CsvRecord> } {
  const records = rowsOf(path).map((row) => {
    const text = row['date_of_birth'] ?? '';
    const date = /^(\d{4})(\d\d)(\d\d)$/.exec(text);
    return {
      texts: row,
      born: date === null ? null : dateForm(`${date[1]}-${date[2]}-${date[3]}`),
      label: row['rec_id']!.split('-')[1]!,
    };
  });
  const fields = [
    nameField('surname', 'surname', 'given_name'),
    nameField('given_name', 'given_name', 'surname'),
    dateField,
    textField('soc_sec_id', get('soc_sec_id')),
    textField('address_1', get('address_1')),
    textField('suburb', get('suburb')),
    textField('postcode', get('postcode')),
    textField('street_number', get('street_number')),
  ];
  const kinds = Object.fromEntries(
    ['surname', 'given_name', 'address_1', 'suburb', 'postcode', 'street_number'].map((c) => [c, get(c)]),
  );
  const linkage: Linkage<CsvRecord> = {
    fields,
    keys: {
      ...birthKeys,
      ...kinds,
      number: get('soc_sec_id'),
      'surname sound': (r) => soundOf(get('surname')(r)),
      'given sound': (r) => soundOf(get('given_name')(r)),
    },
    rules: [
      rule(['number'], ['soc_sec_id']),
      rule(['born'], ['born']),
      rule(['surname sound', 'given sound'], ['surname', 'given_name']),
      rule(['suburb', 'street_number']),
      rule(['address_1'], ['address_1']),
      rule(['postcode', 'given sound']),
      rule(['postcode', 'surname sound']),
      rule(['postcode', 'street_number']),
      rule(['suburb', 'given_name']),
      rule(['suburb', 'surname']),
    ],
    expectedMatches: 100,
    threshold: 0.5,
    frequencies: frequenciesOf(kinds),
  };
  return { records, linkage };
}

export function fake1000(path: string): { records: CsvRecord[]; linkage: Linkage<CsvRecord> } {
  const records = rowsOf(path).map((row) => ({
    texts: row,
    born: dateForm(row['dob'] ?? null),
    label: row['cluster']!,
  }));
  const kinds = Object.fromEntries(['surname', 'first_name', 'city', 'email'].map((c) => [c, get(c)]));
  const linkage: Linkage<CsvRecord> = {
    fields: [
      nameField('surname', 'surname', 'first_name'),
      nameField('first_name', 'first_name', 'surname'),
      dateField,
      textField('city', get('city')),
      textField('email', get('email')),
    ],
    keys: {
      ...birthKeys,
      ...kinds,
      'surname sound': (r) => soundOf(get('surname')(r)),
      'given sound': (r) => soundOf(get('first_name')(r)),
      'email domain': (r) => get('email')(r).split('@')[1] ?? null,
      // Names of records whose surname and given name were swapped meet in one block.
      'both names': (r) => [get('first_name')(r), get('surname')(r)].sort().join(' ').trim(),
    },
    rules: [
      rule(['email'], ['email']),
      rule(['born'], ['born']),
      rule(['surname', 'first_name'], ['surname', 'first_name']),
      rule(['surname']),
      rule(['first_name']),
      rule(['surname sound']),
      rule(['given sound']),
      rule(['both names']),
      rule(['born year']),
      rule(['born day and month']),
      rule(['email domain']),
    ],
    expectedMatches: 100,
    threshold: 0.5,
    frequencies: frequenciesOf(kinds),
  };
  return { records, linkage };
}

/** How many pairs of records bear one label. */
export function truePairs(records: readonly CsvRecord[]): number {
  const sizes = new Map<string, number>();
  for (const { label } of records) sizes.set(label, (sizes.get(label) ?? 0) + 1);
  return [...sizes.values()].reduce((sum, n) => sum + (n * (n - 1)) / 2, 0);
}
