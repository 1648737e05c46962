/**
 * The published residence histories with partial dates (../shared/cases/history): certain and possible residences on a day
 * and in a period. Their answers hold the residences that count by the first day of each partial date (registry.md, "Dates may be
 * partial": sorting uses it, and says so); the register's own answer tells those apart from what else is possible.
 */
import { describe, expect, it } from 'vitest';
import { suretyAt } from '../../src/registry/answers/residences.ts';
import { type HistoryCase, historyCases, spansOf, told } from '../support/history-cases.ts';

const cases = historyCases();
if (cases === null) console.log('history cases skipped: ../shared/cases/history is not here');

function answered({ residences, asked }: HistoryCase) {
  const spans = spansOf(residences);
  return residences.flatMap((r, i) => {
    const surety = suretyAt(spans[i]!, asked);
    const next = i + 1 < residences.length ? residences[i + 1]!.from : 'open';
    return surety === null ? [] : [{ ...surety, told: told(r.address, r.from, next) }];
  });
}

describe.skipIf(cases === null)(
  'residence on a day and in a period, dates partial (registry.md, Dates may be partial)',
  () => {
    it.each(cases ?? [])('$title', (one) => {
      const all = answered(one);
      const counted = all.filter((r) => r.secondo_il_primo_giorno).map((r) => r.told);
      expect(counted.sort()).toEqual([...one.expected].sort());
      // What every reading gives, the first days give too.
      for (const r of all) if (r.certezza === 'certa') expect(one.expected).toContain(r.told);
    });
    it('has every case', () => expect(cases?.length).toBe(167));
  },
);
