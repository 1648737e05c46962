import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { day, parsePartialDate } from '../../kernel/day.ts';
import { said, speakers } from './speaking.ts';

const spell = (from: string, to: string | null, value = '') => ({
  from: parsePartialDate(from)!,
  to: to === null ? null : parsePartialDate(to)!,
  value,
});
const entry = (
  comune: string,
  registrations: [string, string | null][],
  facts: ReturnType<typeof spell>[] = [],
) => ({
  entryId: Number(comune),
  comune,
  registrations: registrations.map(([from, to]) => spell(from, to)),
  facts,
});
const order = (entries: ReturnType<typeof entry>[], d: string) =>
  speakers(entries, day(d)).map((e) => e.comune);

describe('who speaks (registry.md)', () => {
  const a = entry('036001', [['1990-01-01', '2010-03-01']]);
  const b = entry('036002', [['2010-03-01', '2020-01-01']]);
  const c = entry('036003', [['2022-01-01', null]]);
  it.each([
    ['the entry resident on the day', '2005-06-01', ['036001', '036002', '036003']],
    ['the new one on the day of the move', '2010-03-01', ['036002', '036001', '036003']],
    ['with none resident, the last before', '2021-01-01', ['036002', '036001', '036003']],
    ['then the first that comes after', '1980-01-01', ['036001', '036002', '036003']],
  ])('%s', (_, d, expected) => expect(order([c, b, a], d)).toEqual(expected));

  it('of two resident, the later decorrenza; ties by ISTAT code', () => {
    const later = entry('036005', [['2015-01-01', null]]);
    const same = entry('036004', [['2015-01-01', null]]);
    expect(order([b, later, same], '2016-01-01')).toEqual(['036004', '036005', '036002']);
  });
  it('does not depend on the order of loading', () => {
    const day0 = fc.integer({ min: 1, max: 28 }).map((n) => `2020-01-${String(n).padStart(2, '0')}`);
    const any = fc.tuple(fc.constantFrom('036001', '036002', '036003', '036004'), day0, fc.option(day0));
    fc.assert(
      fc.property(fc.uniqueArray(any, { selector: (e) => e[0], minLength: 1 }), day0, (list, d) => {
        const entries = list.map(([comune, from, to]) => entry(comune, [[from, to]]));
        expect(order([...entries].reverse(), d)).toEqual(order(entries, d));
      }),
    );
  });

  it('where it says nothing of the matter, nor of any day before its first fact of that kind, the next one speaks', () => {
    const past = entry('036001', [['1990-01-01', '2010-03-01']], [spell('1990-01-01', null, 'celibe')]);
    const present = entry('036002', [['2010-03-01', null]], [spell('2015-01-01', null, 'coniugato')]);
    const of = (d: string) => said(speakers([present, past], day(d)), (e) => e.facts, day(d))?.fact?.value;
    expect(of('2012-01-01')).toBe('celibe');
    expect(of('2016-01-01')).toBe('coniugato');
    expect(of('1980-01-01')).toBeUndefined();
  });
});
