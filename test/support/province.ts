/**
 * A few small registers side by side, for tests of what two of them show together: each person in a family of their own, known
 * by their validated codice fiscale, and the moves, deaths and statuses that their comuni deliver month by month.
 */
import { type Day, day, type PartialDate } from '../../src/kernel/day.ts';
import type { Database } from '../../src/platform/db/pool.ts';
import type { KnownAt } from '../../src/registry/answers/known-at.ts';
import type { SoggettoRecord } from '../../src/registry/claims/records.ts';
import type { EventRecord } from '../../src/registry/events/event-records.ts';
import type { FindingQuery } from '../../src/registry/reconciliation/listing.sql.ts';
import type { ListedFinding } from '../../src/registry/reconciliation/listing.ts';
import { askFindings } from '../../src/registry/reconciliation/reconciliation.service.ts';
import { address, bundle, famiglia, legame, soggetto } from './bundles.ts';
import { applyEvents, type EventOptions, event } from './events.ts';
import { loadBundles } from './load-bundles.ts';

/** Comuni by one letter. */
export const PLACES: Readonly<Record<string, string>> = { A: '036001', B: '036002', C: '036003' };
const letterOf = (code: string): string =>
  Object.entries(PLACES).find(([, comune]) => comune === code)?.[0] ?? code;
const codeOf = (letter: string): string => PLACES[letter] ?? letter;

/** A person of the first supply: `famiglia` and `relazione` where not alone, the rest as in soggetti.csv. */
export type Person = Partial<Omit<SoggettoRecord, 'riga'>> & {
  readonly id_soggetto: string;
  readonly famiglia?: string;
  readonly relazione?: string;
};

const codes = (p: Person): Partial<SoggettoRecord> =>
  p.codice_fiscale === undefined ? {} : { validita_cf: p.validita_cf ?? '1' };

export class Province {
  readonly #db: Database;
  readonly #next: Record<string, number> = {};

  constructor(db: Database) {
    this.#db = db;
  }

  /** The first full supply of a comune. */
  async begin(place: string, people: readonly Person[], situazioneAl = '2024-12-31'): Promise<void> {
    const families = [...new Set(people.map((p) => p.famiglia ?? `F-${p.id_soggetto}`))];
    await loadBundles(this.#db, {
      comune: codeOf(place),
      households: families.map((id, i) => famiglia(i + 1, { id, dal: day('1900-01-01') })),
      bundles: people.map((p, i) => {
        const { famiglia: family = `F-${p.id_soggetto}`, relazione = '1', ...columns } = p;
        const s = soggetto(i + 1, { ...columns, ...codes(p) });
        const al: PartialDate | null =
          s.posizione === 'RESIDENTE' ? null : (s.data_morte ?? s.cancellato_dal);
        return bundle(s, [legame(i + 1, family, { relazione, dal: s.iscritto_dal, al })]);
      }),
      change: { situazioneAl: day(situazioneAl) },
    });
    this.#next[place] = 2;
  }

  /** The next changes of a comune, told up to a day. @returns the findings of its outcome */
  async deliver(place: string, situazioneAl: string, ...events: readonly EventRecord[]): Promise<string[]> {
    const progressivo = this.#next[place]!;
    this.#next[place] = progressivo + 1;
    return (await applyEvents(this.#db, codeOf(place), progressivo, events, day(situazioneAl))).findings;
  }

  /** Findings of the whole province, in short: see `shortOf`. */
  async findings(state: FindingQuery['state'] = 'aperte', notoAl: KnownAt | null = null): Promise<string[]> {
    return (await this.listed({ state }, notoAl)).map(shortOf).sort();
  }

  async listed(
    query: Partial<FindingQuery>,
    notoAl: KnownAt | null = null,
  ): Promise<readonly ListedFinding[]> {
    const whole: FindingQuery = { comune: null, side: 'mine', state: 'aperte', kind: null, ...query };
    return (await askFindings(this.#db, whole, notoAl, (code) => code)).segnalazioni;
  }
}

/** "MANCA_CANCELLAZIONE A(B) A:S1 B:T1 2025-01-20 attesa 11 giorni" or "… chiusa da A/3 e2": owner, the other comune, entries. */
export function shortOf(f: ListedFinding): string {
  const entries = f.persone.flatMap((p) => p.schede.map((s) => `${letterOf(s.comune)}:${s.id_soggetto}`));
  const waited =
    f.giorni_di_attesa === null ? [] : [`attesa ${f.giorni_di_attesa}${f.segnalata ? ' segnalata' : ''}`];
  const by = f.chiusa_da;
  const closed =
    f.stato !== 'chiusa'
      ? f.stato === 'rinviata'
        ? [`rinviata al ${f.rinvio?.fino_al}`]
        : []
      : [
          by === null
            ? 'chiusa'
            : `chiusa da ${letterOf(by.comune)}/${by.progressivo} ${by.id_evento ?? '-'}`,
        ];
  return [
    f.genere,
    `${letterOf(f.comune)}(${letterOf(f.altro_comune)})`,
    entries.join(' '),
    f.giorno,
    ...waited,
    ...closed,
  ].join(' ');
}

/** A cancellation for a move to another comune. */
export function leaves(
  id: string,
  on: string,
  who: string,
  to: string,
  options: EventOptions & { readonly motivo?: string } = {},
): EventRecord {
  return event(
    id,
    'CANCELLAZIONE',
    on,
    {
      motivo: options.motivo ?? '3',
      id_soggetti: who.split(' '),
      destinazione: { comune: codeOf(to), stato: null },
    },
    options,
  );
}

/** A registration from another comune, alone in a new family. */
export function comes(
  id: string,
  on: string,
  person: Person,
  from: string,
  options: EventOptions = {},
): EventRecord {
  const { famiglia: family = `F-${id}`, relazione = '1', ...columns } = person;
  return event(
    id,
    'ISCRIZIONE',
    on,
    {
      motivo: '3',
      provenienza: { comune: codeOf(from), stato: null },
      famiglia: { id: family, motivo: '2', indirizzo: address() },
      soggetti: [
        {
          soggetto: soggetto(1, { ...columns, ...codes(person), iscritto_dal: day(on) as Day }),
          legame: { household: { kind: 'famiglia', id: family }, relazione },
        },
      ],
    },
    options,
  );
}

export function dies(id: string, on: string, who: string, options: EventOptions = {}): EventRecord {
  return event(
    id,
    'MORTE',
    on,
    { id_soggetto: who, data_morte: day(on), comune_morte: PLACES['C']!, stato_morte: null },
    options,
  );
}

export function becomes(
  id: string,
  on: string,
  who: string,
  status: string,
  spouse: string | null = null,
  options: EventOptions = {},
): EventRecord {
  return event(
    id,
    'STATO_CIVILE',
    on,
    { id_soggetto: who, stato_civile: status, id_coniuge: null, cf_coniuge: spouse, atto: null },
    options,
  );
}
