/**
 * The published residence histories that a comune can write down as they are (../shared/cases/history), delivered as supplies
 * and asked of the register: dwellings in residenze.csv, years abroad between registrations in iscrizioni.csv, corrections
 * as R. Left out are starts not known at all (`dal` is mandatory, tracciato.md 2) and residences whose order is not that of
 * the first days of their dates, by which a supply is ordered (tracciato.md 1).
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { day, firstDay, lastDay, type PartialDate } from '../../src/kernel/day.ts';
import { askResidences } from '../../src/registry/answers/ask-residences.ts';
import type { HeldResidence } from '../../src/registry/answers/residences.ts';
import type { EntryBundle, SoggettoRecord } from '../../src/registry/claims/records.ts';
import { address, bundle, famiglia, legame, soggetto } from '../support/bundles.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { applyEvents, event } from '../support/events.ts';
import { type HistoryCase, historyCases, type Residence, told } from '../support/history-cases.ts';
import { loadBundles } from '../support/load-bundles.ts';

const COMUNE = '036001';
const isAbroad = (r: Residence | undefined): boolean => r?.address.startsWith('ABROAD') === true;

function canBeDelivered({ residences, corrected }: HistoryCase): boolean {
  if (isAbroad(residences[0]) || (corrected !== null && isAbroad(corrected))) return false;
  return residences.every((r, i) => {
    const next = residences[i + 1];
    if (r.from === null || (next !== undefined && next.from === null)) return false;
    if (next === undefined) return true;
    if (isAbroad(r) && isAbroad(next)) return false;
    return lastDay(r.from) < firstDay(next.from!);
  });
}

interface Stretch {
  readonly homes: readonly {
    readonly address: string;
    readonly from: PartialDate;
    readonly to: PartialDate | null;
  }[];
  readonly abroad: string | null;
}

/** The registrations: what lies between two stays abroad. */
function stretches(residences: readonly Residence[]): Stretch[] {
  const found: Stretch[] = [];
  let homes: Stretch['homes'][number][] = [];
  residences.forEach((r, i) => {
    const to = residences[i + 1]?.from ?? null;
    if (!isAbroad(r)) homes.push({ address: r.address, from: r.from!, to });
    if (isAbroad(r) || i === residences.length - 1) {
      if (homes.length > 0) found.push({ homes, abroad: isAbroad(r) ? r.address.slice(7) : null });
      homes = [];
    }
  });
  return found;
}

const STATES: Readonly<Record<string, string>> = { '6014': '404', '0000': '998' };

/** The subject as the comune knows him, with every row of his histories. */
function bundleOf(riga: number, residences: readonly Residence[]): { bundle: EntryBundle; last: string } {
  const parts = stretches(residences);
  const now = parts.at(-1)!;
  const end = now.homes.at(-1)!.to;
  const ends = (s: Stretch) => ({
    motivo_cancellazione: s.abroad === null ? null : '5',
    stato_destinazione: s.abroad === null ? null : STATES[s.abroad]!,
  });
  const row: Partial<SoggettoRecord> = {
    iscritto_dal: now.homes[0]!.from,
    posizione: now.abroad === null ? 'RESIDENTE' : 'CANCELLATO',
    cancellato_dal: end,
    ...ends(now),
  };
  const since = now.homes.at(-1)!.from;
  return {
    last: now.homes.at(-1)!.address,
    bundle: bundle(soggetto(riga, row), [legame(riga, `F${riga}`, { dal: now.homes[0]!.from, al: end })], {
      residenze: parts.flatMap((s) =>
        s.homes
          .filter((h) => h.to !== null || h.from !== since || s !== now)
          .map((h) => ({ riga, dal: h.from, al: h.to, indirizzo: address({ toponimo: h.address }) })),
      ),
      iscrizioni: parts.slice(0, -1).map((s) => ({
        riga,
        dal: s.homes[0]!.from,
        al: s.homes.at(-1)!.to!,
        motivo_iscrizione: '4',
        comune_provenienza: null,
        stato_provenienza: null,
        comune_destinazione: null,
        ...ends(s),
      })),
    }),
  };
}

function toldOf(r: HeldResidence): string {
  const state = r.altrove !== undefined && 'stato' in r.altrove ? r.altrove.stato : null;
  const foreign = Object.entries(STATES).find(([, code]) => code === state)?.[0];
  return told(foreign === undefined ? r.indirizzo!.toponimo! : `ABROAD:${foreign}`, r.dal, r.al ?? 'open');
}

const all = historyCases();
const cases = (all ?? []).filter(canBeDelivered);
if (all === null) console.log('history cases skipped: ../shared/cases/history is not here');

describe.skipIf(all === null)('the histories that a supply can hold, asked of the register', () => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await testDatabase();
    // What stood before a correction is loaded, and corrected by an event.
    const made = cases.map((one, i) =>
      bundleOf(
        i + 1,
        one.corrected === null ? one.residences : [...one.residences.slice(0, -1), one.corrected],
      ),
    );
    await loadBundles(test.db, {
      comune: COMUNE,
      households: made.map((m, i) =>
        famiglia(i + 1, { dal: day('1990-01-01'), indirizzo: address({ toponimo: m.last }) }),
      ),
      bundles: made.map((m) => m.bundle),
    });
    const corrections = cases.flatMap(({ residences, corrected }, i) => {
      if (corrected === null) return [];
      const [id, right] = [`S${i + 1}`, residences.at(-1)!];
      const first = residences.length === 1;
      const options = {
        tipo: 'R',
        registrazione: '2025-01-10',
        riferimento: {
          fornitura: 1,
          id_soggetto: id,
          fatto: first ? 'ISCRIZIONE' : 'CAMBIO_ABITAZIONE',
          dal: corrected.from,
        },
      } as const;
      const from = firstDay(right.from!);
      return first
        ? event(
            `R${i}`,
            'ISCRIZIONE',
            from,
            {
              motivo: '3',
              provenienza: null,
              famiglia: null,
              soggetti: [
                {
                  soggetto: soggetto(i + 1, { iscritto_dal: from }),
                  legame: { household: { kind: 'famiglia', id: `F${i + 1}` }, relazione: '1' },
                },
              ],
            },
            options,
          )
        : event(
            `R${i}`,
            'CAMBIO_ABITAZIONE',
            from,
            {
              id_famiglia: null,
              id_soggetti: [id],
              legami: [{ id_soggetto: id, relazione: '1' }],
              famiglia: { id: `F${i + 1}`, motivo: null, indirizzo: null },
            },
            options,
          );
    });
    const { findings } = await applyEvents(test.db, COMUNE, 2, corrections);
    expect(findings).toEqual([]);
  });
  afterAll(() => test?.drop());

  it('are more than sixty', () => expect(cases.length).toBeGreaterThan(60));

  it.each(cases.map((one, i) => ({ ...one, id_soggetto: `S${i + 1}` })))('$title', async (one) => {
    const { asked } = one;
    const { residenze } = await askResidences(
      test.db,
      { kind: 'number', comune: COMUNE, id_soggetto: one.id_soggetto },
      'on' in asked ? null : asked.from,
      { al: 'on' in asked ? asked.on : asked.to, notoAl: null },
    );
    expect(residenze.filter((r) => r.secondo_il_primo_giorno).map(toldOf)).toEqual(one.expected);
  });
});
