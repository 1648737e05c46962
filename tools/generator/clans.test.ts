/** What drafts must hold before any register sees them: nobody lives anywhere before they are born, or from a day that comes after the last. */
import { describe, expect, it } from 'vitest';
import { draftConvivenza } from './clans.ts';
import { Drafting } from './drafting.ts';
import { CodeBook } from './fiscal-code.ts';
import { hash } from './random.ts';

const TODAY = 20_000;
const UNITS = 4000;

describe('a convivenza', () => {
  it('every household of its members begins before it ends, and they are born before they live in it', () => {
    const d = new Drafting(TODAY, new CodeBook(UNITS * 40));
    const wrong: string[] = [];
    let before = 0;
    for (let k = 0; k < UNITS; k++) {
      d.begin(hash(7, 'convivenza', '036023', k), 22);
      const { people, households } = draftConvivenza(d, k);
      before += households.length - 1;
      for (const { household } of households)
        if (household.from >= household.to) wrong.push(`household ${k}`);
      for (const person of people) {
        const stays = person.memberships.toSorted((a, b) => a.from - b.from);
        stays.forEach(({ from, to }, i) => {
          if (from < person.birth || from >= to || to > (stays[i + 1]?.from ?? to)) wrong.push(`stay ${k}`);
        });
      }
    }
    expect(wrong).toEqual([]);
    // Some of them did live alone before: there is something to be wrong.
    expect(before).toBeGreaterThan(UNITS);
  });
});
