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
