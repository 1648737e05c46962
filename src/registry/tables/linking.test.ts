/** registry.md, "People, not rows": when entries are one person by themselves. */
import { describe, expect, it } from 'vitest';
import { day } from '../../kernel/day.ts';
import { type Bearer, type Decided, type DecidedPair, linksOf } from './linking.ts';

const CODE = 'RSSMRA80A01F257G';
const bearer = (entry_id: number, comune: string, change: Partial<Bearer> = {}): Bearer => ({
  entry_id,
  comune,
  codice_fiscale: CODE,
  sesso: 'M',
  birth_from: day('1980-01-01'),
  birth_to: day('1980-01-01'),
  sealed: false,
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
  it.each([[[0, 1, 2]], [[0, 2, 1]], [[1, 0, 2]], [[1, 2, 0]], [[2, 0, 1]], [[2, 1, 0]]])(
    'not where two of those who bear the code disagree, though a third agrees with both: in order %j',
    (order) => {
      const year = { birth_from: day('1980-01-01'), birth_to: day('1980-12-31') };
      const other = { birth_from: day('1980-01-02'), birth_to: day('1980-01-02') };
      const three = [{}, year, other].map((change, i) => bearer(order[i]! + 1, `03600${i + 1}`, change));
      expect(persons([], three)).toEqual([
        [1, 1],
        [2, 2],
        [3, 3],
      ]);
      // Where all may have been born on one day, all are one person.
      const agreed = [{}, year, {}].map((change, i) => bearer(order[i]! + 1, `03600${i + 1}`, change));
      expect(persons([], agreed)).toEqual([
        [1, 1],
        [2, 1],
        [3, 1],
      ]);
    },
  );
  it('and one asked about who bears nothing is a person of their own', () => {
    expect(linksOf([9], [])).toEqual([{ entry_id: 9, person_id: 9, basis: 'own' }]);
  });
});

describe('a code that an identity bore which is sealed (registry.md, Sealed)', () => {
  const NEW = 'RSSMRA80A41F257K';
  const sealed = bearer(3, '036001', { sealed: true });
  const now = bearer(3, '036001', { codice_fiscale: NEW, sesso: 'F' });
  it('is that of whoever bears it openly in another register, who is joined with all that bear the new one', () => {
    const older = bearer(7, '036002');
    const newer = bearer(5, '036003', { codice_fiscale: NEW, sesso: 'F' });
    expect(persons([], [sealed, now, older, newer])).toEqual([
      [3, 3],
      [5, 3],
      [7, 3],
    ]);
  });
  it('joins nobody whose sex or birth are not those of the sealed identity, and nobody who has it sealed too', () => {
    for (const other of [{ sesso: 'F' }, { birth_from: day('1979-01-01'), birth_to: day('1979-01-01') }])
      expect(persons([], [sealed, now, bearer(7, '036002', other)])[1]).toEqual([7, 7]);
    expect(persons([], [sealed, now, bearer(7, '036002', { sealed: true })])[1]).toEqual([7, 7]);
  });
  it('does not make two entries of one register one person', () => {
    const older = bearer(7, '036002');
    const newer = bearer(8, '036002', { codice_fiscale: NEW, sesso: 'F' });
    expect(persons([], [sealed, now, older, newer])).toEqual([
      [3, 3],
      [7, 7],
      [8, 3],
    ]);
  });
});

describe('what operators decided goes before what codes say', () => {
  const NONE: Decided = { same: [], different: [] };
  const pair = (
    a: Pick<Bearer, 'entry_id' | 'comune'>,
    b: Pick<Bearer, 'entry_id' | 'comune'>,
  ): DecidedPair => ({
    entry_id: a.entry_id,
    comune: a.comune,
    other_entry_id: b.entry_id,
    other_comune: b.comune,
  });
  const links = (bearers: readonly Bearer[], decided: Partial<Decided>): [number, number, string][] =>
    linksOf([], bearers, { ...NONE, ...decided }).map((l) => [l.entry_id, l.person_id, l.basis]);
  const [a, b, c] = [bearer(3, '036001'), bearer(7, '036002'), bearer(9, '036003')];

  it('entries said to be one are one, whatever they bear, and the person has the first of their numbers', () => {
    const nobody = { entry_id: 5, comune: '036001' };
    expect(links([a], { same: [pair(a, nobody)] })).toEqual([
      [3, 3, 'own'],
      [5, 3, 'operator'],
    ]);
    expect(links([a, bearer(7, '036002', { sesso: 'F' })], { same: [pair(a, b)] })).toEqual([
      [3, 3, 'own'],
      [7, 3, 'operator'],
    ]);
  });
  it('of those said to be two who bear one code, nobody is joined by it, a third neither', () => {
    expect(links([a, b, c], { different: [pair(a, b)] })).toEqual([
      [3, 3, 'own'],
      [7, 7, 'own'],
      [9, 9, 'own'],
    ]);
  });
  it('until the third is said to be one of them', () => {
    expect(links([a, b, c], { different: [pair(a, b)], same: [pair(b, c)] })).toEqual([
      [3, 3, 'own'],
      [7, 7, 'own'],
      [9, 7, 'operator'],
    ]);
  });
  it('a code on two entries of one register that are said to be one joins again', () => {
    const again = bearer(4, '036001');
    expect(links([a, again, b], { same: [pair(a, again)] })).toEqual([
      [3, 3, 'own'],
      [4, 3, 'operator'],
      [7, 3, 'codice-fiscale'],
    ]);
  });
  it('no code brings together what was said to be two, through others', () => {
    const OTHER = 'RSSMRA80A01F257X';
    const both = [
      a,
      c,
      bearer(9, '036003', { codice_fiscale: OTHER }),
      bearer(7, '036002', { codice_fiscale: OTHER }),
    ];
    expect(new Set(links(both, {}).map(([, person]) => person))).toEqual(new Set([3]));
    const apart = links(both, { different: [pair(a, b)] });
    expect(apart.find(([id]) => id === 7)![1]).not.toBe(apart.find(([id]) => id === 3)![1]);
  });
  it.each([[[3, 5, 7, 9]], [[9, 7, 5, 3]], [[5, 9, 3, 7]]])(
    'of those joined who came to bear two forms of one code, neither form joins anybody, whoever is first: %j',
    (ids) => {
      const FORM = 'RSSMRA80A01F25TS';
      const [one, other, third, fourth] = ids.map((id, i) =>
        bearer(id, `03600${i + 1}`, i % 2 === 0 ? {} : { codice_fiscale: FORM }),
      );
      const all = [one!, other!, third!, fourth!];
      const joined = new Map(links(all, { same: [pair(one!, other!)] }).map(([id, person]) => [id, person]));
      expect(joined.get(one!.entry_id)).toBe(joined.get(other!.entry_id));
      expect([third!, fourth!].map((b) => joined.get(b.entry_id))).toEqual([
        third!.entry_id,
        fourth!.entry_id,
      ]);
    },
  );
  it('no other code brings two forms of one code together, through those whom operators joined', () => {
    const OTHER = 'RSSMRA80A01F257X';
    const FORM = 'RSSMRA80A01F25TS';
    const [middle, next] = [
      bearer(7, '036002', { codice_fiscale: OTHER }),
      bearer(9, '036003', { codice_fiscale: OTHER }),
    ];
    const last = bearer(11, '036004', { codice_fiscale: FORM });
    const same = [pair(a, middle), pair(next, last)];
    expect(links([a, middle, next, last], { same }).map(([id, person]) => [id, person])).toEqual([
      [3, 3],
      [7, 3],
      [9, 9],
      [11, 9],
    ]);
  });
  it('nor two entries of one register, where an operator joined one of them to somebody the code joins to the other', () => {
    const nobody = { entry_id: 5, comune: '036001' };
    expect(links([a, b], { same: [pair(nobody, b)] })).toEqual([
      [3, 3, 'own'],
      [5, 5, 'own'],
      [7, 5, 'operator'],
    ]);
  });
});
