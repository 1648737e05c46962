/**
 * Movements in a period: who came to a comune or left it, who came to an address or left it (services.md, Lookup). A spell that begins and ends on one
 * day counts in both flows (registry.md, "A day is its end"). Pure.
 */
import { type Day, firstDay, lastDay, type PartialDate } from '../../kernel/day.ts';
import type { Certainty } from './certainty.ts';
import type { DwellingFact, EntryFacts, Fact, RegistrationFact } from './facts.ts';
import type { KnownAt } from './known-at.ts';
import { type EntryName, entryName, identityOn } from './person-state.ts';

/** Above so many only the numbers are told, as at an address (services.md, Lookup). */
export const MOST_MOVEMENTS = 100;

/** [from, to). */
export interface Period {
  readonly from: Day;
  readonly to: Day;
}

export type Direction = 'ingresso' | 'uscita';

export interface Movement {
  readonly verso: Direction;
  readonly data: PartialDate;
  /** certa where every reading of the date lies in the period. */
  readonly certezza: Certainty;
  /** T7 of an arrival in the comune, T15 of a departure; null at an address. */
  readonly motivo: string | null;
  /** Where from or where to, outside the comune. */
  readonly comune: string | null;
  readonly stato: string | null;
  readonly entryId: number;
}

export interface MovementAnswer extends Omit<Movement, 'entryId'> {
  readonly persona: string;
  readonly scheda: EntryName;
  readonly codice_fiscale: string | null;
  readonly cognome: string | null;
  readonly nome: string | null;
  readonly data_nascita: PartialDate | null;
  readonly protetto: boolean;
}

/** How many moved for one reason. */
export interface MovementCount {
  readonly verso: Direction;
  readonly motivo: string | null;
  readonly numero: number;
}

export interface MovementsAnswer {
  readonly comune: string;
  /** Street and number as they were understood; null of a whole comune. */
  readonly via: string | null;
  readonly civico: string | null;
  readonly periodo: { readonly dal: Day; readonly al: Day };
  readonly noto_al: KnownAt;
  readonly conteggi: readonly MovementCount[];
  /** null above 100: only the numbers are told. */
  readonly movimenti: readonly MovementAnswer[] | null;
}

/** How surely a date lies in the period; null: in no reading. */
export function within(date: PartialDate, { from, to }: Period): Certainty | null {
  const [first, last] = [firstDay(date), lastDay(date)];
  if (last < from || first >= to) return null;
  return first >= from && last < to ? 'certa' : 'possibile';
}

interface Told {
  readonly motivo: string | null;
  readonly comune: string | null;
  readonly stato: string | null;
}
const NOTHING: Told = { motivo: null, comune: null, stato: null };

function ends<F extends Fact>(
  entryId: number,
  fact: F,
  period: Period,
  arrival: (f: F) => Told,
  departure: (f: F) => Told,
): Movement[] {
  const came = within(fact.from, period);
  const left = fact.to === null ? null : within(fact.to, period);
  return [
    ...(came === null
      ? []
      : [{ verso: 'ingresso' as const, data: fact.from, certezza: came, entryId, ...arrival(fact) }]),
    ...(left === null || fact.to === null
      ? []
      : [{ verso: 'uscita' as const, data: fact.to, certezza: left, entryId, ...departure(fact) }]),
  ];
}

/** Of a comune: the registrations that begin or end in the period. */
export const movesOfComune = (entryId: number, r: RegistrationFact, period: Period): Movement[] =>
  ends(
    entryId,
    r,
    period,
    (f) => ({ motivo: f.motivo_iscrizione, comune: f.comune_provenienza, stato: f.stato_provenienza }),
    (f) => ({
      motivo: f.motivo_cancellazione,
      comune: f.comune_destinazione,
      stato: f.stato_destinazione,
    }),
  );

/** An empty spell is a dwelling that another of the same day took the place of (facts.ts). */
const isLived = (d: DwellingFact): boolean => d.to === null || firstDay(d.to) > firstDay(d.from);

/** Of an address: the dwellings that begin or end in the period; of one that goes on under another fact nobody moved. */
export function movesAtAddress(
  entryId: number,
  dwellings: readonly DwellingFact[],
  period: Period,
): Movement[] {
  const goesOn = (date: PartialDate | null, of: 'from' | 'to'): boolean =>
    date !== null && lived.some((d) => d[of] === date);
  const lived = dwellings.filter(isLived);
  return lived.flatMap((d) =>
    ends(
      entryId,
      d,
      period,
      () => NOTHING,
      () => NOTHING,
    ).filter(({ verso, data }) => !goesOn(data, verso === 'ingresso' ? 'to' : 'from')),
  );
}

export function countMovements(movements: readonly Pick<Movement, 'verso' | 'motivo'>[]): MovementCount[] {
  const groups = Map.groupBy(movements, ({ verso, motivo }) => `${verso} ${motivo ?? ''}`);
  return [...groups.values()]
    .map((of) => ({ verso: of[0]!.verso, motivo: of[0]!.motivo, numero: of.length }))
    .sort((a, b) => (`${a.verso} ${a.motivo}` < `${b.verso} ${b.motivo}` ? -1 : 1));
}

export function movementAnswer(movement: Movement, personId: number, entry: EntryFacts): MovementAnswer {
  const { entryId: _, ...told } = movement;
  const identity = identityOn([entry], firstDay(movement.data))?.fact;
  return {
    ...told,
    persona: `P${personId}`,
    scheda: entryName(entry),
    codice_fiscale: identity?.codice_fiscale ?? null,
    cognome: identity?.cognome ?? null,
    nome: identity?.nome ?? null,
    data_nascita: identity?.birth_text ?? null,
    protetto: entry.protections.some((p) => p.protetto && p.to === null),
  };
}

/** By day, arrivals first, then as the registers number them. */
export function inTime(a: MovementAnswer, b: MovementAnswer): number {
  const key = (m: MovementAnswer): string =>
    [firstDay(m.data), m.verso, m.cognome ?? '', m.nome ?? '', m.scheda.comune, m.scheda.id_soggetto].join(
      '\u0000',
    );
  return key(a) < key(b) ? -1 : 1;
}
