import { describe, expect, it } from 'vitest';
import { type Day, day } from '../../kernel/day.ts';
import { type SupplyFile, sourceRow } from './source-row.ts';
import { type Claim, layOut } from './timeline.ts';

const told = (file: SupplyFile, riga: number, statedTo: Day | null = null): Claim<{ file: string }> => ({
  from: day('2010-01-01'),
  statedTo,
  eventId: 1,
  source: sourceRow(file, riga),
  rank: { day: '', event: 1 },
  stated: null,
  value: { file },
});

describe('claims of one supply that begin on one day, as the tables give them back in any order (docs/adr/0009: the same on replay)', () => {
  it.each(['soggetti.csv', 'famiglie.csv', 'convivenze.csv'] as const)(
    'hold as %s tells the present, wherever its row stands, and the history ends there',
    (file) => {
      const history = told('stati_civili.csv', 40, day('2020-01-01'));
      const present = told(file, 2);
      const laid = ['2010-01-01', null];
      expect(layOut([history, present]).map((s) => s.to)).toEqual(laid);
      expect(layOut([present, history]).map((s) => s.to)).toEqual(laid);
      expect(layOut([present, history])[1]?.value).toEqual({ file });
    },
  );

  it('of one history, hold as the later row of its file tells', () => {
    const first = told('legami.csv', 3);
    const second = told('legami.csv', 4);
    expect(layOut([second, first]).map((s) => s.source)).toEqual([first.source, second.source]);
  });
});

describe('a row told with dal = al holds on no day and overlaps nothing (tracciato.md 1, Dates)', () => {
  const longer = told('legami.csv', 3);
  const never = told('legami.csv', 4, day('2010-01-01'));

  it('the longer row that begins on the same day holds, wherever the empty one stands', () => {
    expect(layOut([longer, never]).map((s) => s.to)).toEqual([null, '2010-01-01']);
    const [before, after] = layOut([told('legami.csv', 2, day('2010-01-01')), longer]);
    expect([before?.to, after?.to]).toEqual(['2010-01-01', null]);
  });

  it('nor does one told of a day in the midst of a longer row end that', () => {
    const within = { ...never, from: day('2015-05-05'), statedTo: day('2015-05-05') };
    expect(layOut([longer, within]).map((s) => s.to)).toEqual([null, '2015-05-05']);
    const next = { ...longer, from: day('2018-01-01') };
    expect(layOut([longer, within, next]).map((s) => s.to)).toEqual(['2018-01-01', '2015-05-05', null]);
  });
});
