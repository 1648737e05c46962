/**
 * The findings between comuni do not depend on the order of loading (registry.md): random people move between three comuni,
 * marry and die; halves come late, with other days, twice or never; whatever the order that the progressivi allow, the open
 * findings at the end are the same, as is their computation anew.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, type Day, day } from '../../src/kernel/day.ts';
import type { EventRecord } from '../../src/registry/events/event-records.ts';
import { refreshFindings } from '../../src/registry/reconciliation/reconciliation.service.ts';
import { testDatabase } from '../support/database.ts';
import { annulment } from '../support/events.ts';
import { becomes, comes, dies, leaves, type Person, Province } from '../support/province.ts';

const COMUNI = ['A', 'B', 'C'] as const;
type Place = (typeof COMUNI)[number];
const MONTH_ENDS = ['2025-01-31', '2025-02-28', '2025-03-31', '2025-04-30'].map(day);
const CODES = ['RSSMRA80E04F257X', 'BNCNNA82A41F257K', 'VRDLGU75C10F257D', 'NREDAA60D50F257S'];

/** What happens to somebody: `told` and `heard` are the months in which the comune they leave and that they come to say it. */
const step = fc.record({
  kind: fc.constantFrom('move', 'move', 'move', 'status', 'death'),
  to: fc.integer({ min: 0, max: 2 }),
  after: fc.integer({ min: 1, max: 25 }),
  told: fc.option(fc.integer({ min: 0, max: 3 }), { freq: 4 }),
  heard: fc.option(fc.integer({ min: 0, max: 3 }), { freq: 4 }),
  apart: fc.constantFrom(0, 0, 0, 3),
  annulled: fc.constantFrom(false, false, false, true),
  status: fc.constantFrom('1', '2', '4'),
  spouse: fc.integer({ min: 0, max: 3 }),
});
const life = fc.record({
  home: fc.integer({ min: 0, max: 2 }),
  twice: fc.boolean(),
  married: fc.option(fc.integer({ min: 0, max: 3 }), { freq: 2 }),
  steps: fc.array(step, { maxLength: 4 }),
});
type Life = typeof life extends fc.Arbitrary<infer T> ? T : never;

interface Deliveries {
  readonly people: Record<Place, Person[]>;
  /** Events by comune and month. */
  readonly events: Record<Place, EventRecord[][]>;
}

const numbered = (place: Place, who: number): string => `${place}${who}`;

function deliveriesOf(lives: readonly Life[]): Deliveries {
  const people: Record<Place, Person[]> = { A: [], B: [], C: [] };
  const perMonth = (): EventRecord[][] => MONTH_ENDS.map(() => []);
  const events: Record<Place, EventRecord[][]> = { A: perMonth(), B: perMonth(), C: perMonth() };
  let ids = 0;
  const put = (place: Place, month: number | null, make: (id: string, registrazione: Day) => EventRecord) => {
    if (month === null) return null;
    const registrazione = addDays(MONTH_ENDS[month]!, -3);
    const made = make(`e${++ids}`, registrazione);
    // Nothing happens after it was registered (SIP-207).
    if (made.decorrenza > registrazione) return null;
    events[place][month]!.push(made);
    return made;
  };
  for (const [who, one] of lives.entries()) {
    const spouse = one.married === null || one.married === who ? null : CODES[one.married]!;
    const as = (place: Place): Person => ({
      id_soggetto: numbered(place, who),
      codice_fiscale: CODES[who]!,
      motivo_iscrizione: '4',
      stato_civile: spouse === null ? '1' : '2',
      cf_coniuge: spouse,
    });
    let home = COMUNI[one.home]!;
    people[home].push(as(home));
    if (one.twice) {
      const other = COMUNI[(one.home + 1) % 3]!;
      people[other].push({ ...as(other), iscritto_dal: day('2015-01-01') });
    }
    let on = day('2025-01-01');
    for (const s of one.steps) {
      on = addDays(on, s.after);
      const here = home;
      const id = numbered(here, who);
      if (s.kind === 'death') {
        put(here, s.told, (e, registrazione) => dies(e, on, id, { registrazione }));
      } else if (s.kind === 'status') {
        const named = s.status === '2' && s.spouse !== who ? CODES[s.spouse]! : null;
        put(here, s.told, (e, registrazione) => becomes(e, on, id, s.status, named, { registrazione }));
      } else {
        const there = COMUNI[s.to]!;
        if (there === here) continue;
        const gone = put(here, s.told, (e, registrazione) =>
          leaves(e, addDays(on, s.apart), id, there, { registrazione }),
        );
        put(there, s.heard, (e, registrazione) => comes(e, on, as(there), here, { registrazione }));
        if (gone !== null && s.annulled)
          put(here, 3, (e, registrazione) =>
            annulment(e, 'CANCELLAZIONE', gone.decorrenza, { id_evento: gone.id_evento }, registrazione),
          );
        home = there;
      }
    }
  }
  return { people, events };
}

/** Loads everything, the comune of each supply in turn given by `order`. @returns the open findings, and what a refresh changes */
async function load({ people, events }: Deliveries, order: readonly Place[]): Promise<string[]> {
  const test = await testDatabase();
  try {
    const province = new Province(test.db);
    const next: Record<Place, number> = { A: -1, B: -1, C: -1 };
    for (const place of order) {
      const month = next[place]++;
      if (month < 0) await province.begin(place, people[place]);
      else await province.deliver(place, MONTH_ENDS[month]!, ...events[place][month]!);
    }
    const open = await province.findings();
    expect(await refreshFindings(test.db)).toEqual({ opened: 0, closed: 0 });
    return open;
  } finally {
    await test.drop();
  }
}

const SUPPLIES: readonly Place[] = COMUNI.flatMap((place) => [place, ...MONTH_ENDS.map(() => place)]);
const ordered = fc.shuffledSubarray([...SUPPLIES], {
  minLength: SUPPLIES.length,
  maxLength: SUPPLIES.length,
});

describe('the order of loading', () => {
  it('does not matter to what is found between comuni, nor does computing it anew', async () => {
    let found = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(life, { minLength: 2, maxLength: CODES.length }),
        ordered,
        ordered,
        async (lives, one, other) => {
          const deliveries = deliveriesOf(lives);
          const first = await load(deliveries, one);
          expect(await load(deliveries, other)).toEqual(first);
          found += first.length;
        },
      ),
      { numRuns: 2, seed: 20250101, endOnFailure: true },
    );
    // The lives are rich enough for the test to be able to fail.
    expect(found).toBeGreaterThan(3);
  }, 900_000);
});
