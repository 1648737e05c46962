/** registry.md, "People, not rows": when entries are one person by themselves. */
import { describe, expect, it } from 'vitest';
import { day } from '../../kernel/day.ts';
import { type Bearer, linksOf } from './linking.ts';

const CODE = 'RSSMRA80A01F257G';
const bearer = (entry_id: number, comune: string, change: Partial<Bearer> = {}): Bearer => ({
  entry_id,
  comune,
  codice_fiscale: CODE,
  sesso: 'M',
  birth_from: day('1980-01-01'),
  birth_to: day('1980-01-01'),
  ...change,
});
const persons = (entries: readonly number[], bearers: readonly Bearer[]): [number, number][] =>
  linksOf(entries, bearers).map((l) => [l.entry_id, l.person_id]);

describe('entries are one person by themselves', () => {
  it('where two registers have the same validated code, and sex and birth do not disagree', () => {
    expect(persons([], [bearer(7, '036002'), bearer(3, '036001')])).toEqual([
      [3, 3],
      [7, 3],
    ]);
    const partial = { birth_from: day('1980-01-01'), birth_to: day('1980-12-31') };
    expect(persons([], [bearer(3, '036001'), bearer(7, '036002', partial)])[1]).toEqual([7, 3]);
  });
  it.each([
    ['sex', { sesso: 'F' }],
    ['birth', { birth_from: day('1980-01-02'), birth_to: day('1980-01-02') }],
    ['code', { codice_fiscale: 'RSSMRA80A01F25TS' }],
    ['register: within one, two entries are two people', { comune: '036001' }],
  ] as const)('not where they differ in %s', (_, change) => {
    expect(persons([], [bearer(3, '036001'), bearer(7, '036002', change)])).toEqual([
      [3, 3],
      [7, 7],
    ]);
  });
  it('not where one register has the code on two entries: neither is joined', () => {
    expect(persons([], [bearer(3, '036001'), bearer(4, '036001'), bearer(7, '036002')])).toEqual([
      [3, 3],
      [4, 4],
      [7, 7],
    ]);
  });
  it('and one asked about who bears nothing is a person of their own', () => {
    expect(linksOf([9], [])).toEqual([{ entry_id: 9, person_id: 9, basis: 'own' }]);
  });
});
