/**
 * Who lives, lived, or may have lived at an address, on a day or in a period (services.md, Lookup). Pure: the dwellings at
 * the address come in. Whoever is of no fixed abode has there a conventional address, "where nobody is found"
 * (tracciato.md 2), and is not among them.
 */
import { type Day, firstDay, type PartialDate } from '../../kernel/day.ts';
import { type Certainty, holdsIn, holdsOn } from './certainty.ts';
import type { DwellingFact, EntryFacts } from './facts.ts';
import type { KnownAt } from './known-at.ts';
import { type EntryName, entryName, identityOn } from './person-state.ts';

/** Above so many only the number is told (services.md, Lookup). */
export const MOST_OCCUPANTS = 100;

/** A day, or a period [from, to). */
export type Span = { readonly on: Day } | { readonly from: Day; readonly to: Day };

export interface OccupantAnswer {
  readonly persona: string;
  readonly scheda: EntryName;
  readonly codice_fiscale: string | null;
  readonly cognome: string | null;
  readonly nome: string | null;
  readonly data_nascita: PartialDate | null;
  readonly interno: string | null;
  readonly dal: PartialDate;
  readonly al: PartialDate | null;
  readonly certezza: Certainty;
  readonly protetto: boolean;
}

export interface AddressState {
  readonly comune: string;
  /** Street and number as they were understood. */
  readonly via: string;
  readonly civico: string | null;
  readonly al: Day | null;
  readonly periodo: { readonly dal: Day; readonly al: Day } | null;
  readonly noto_al: KnownAt;
  readonly numero: number;
  /** null above 100: only the number is told. */
  readonly occupanti: readonly OccupantAnswer[] | null;
}

/** A dwelling at the address, with the entry whose it is. */
export interface Occupancy {
  readonly entryId: number;
  readonly dwelling: DwellingFact;
}

/** How surely the dwelling was the entry's at the time asked; null in no reading. */
export function occupancyAt(dwelling: DwellingFact, span: Span): Certainty | null {
  if (dwelling.senza_fissa_dimora) return null;
  return 'on' in span ? holdsOn(dwelling, span.on) : holdsIn(dwelling, span.from, span.to);
}

/** The day under whose identity somebody is listed: the last of the time asked in which they were there. */
function dayOf(dwelling: DwellingFact, span: Span): Day {
  if ('on' in span) return span.on;
  const end = dwelling.to === null ? span.to : firstDay(dwelling.to);
  const ended = end < span.to;
  if (end <= firstDay(dwelling.from)) return firstDay(dwelling.from);
  return ended ? end : span.to;
}

export function occupantAnswer(
  personId: number,
  entry: EntryFacts,
  dwelling: DwellingFact,
  span: Span,
): OccupantAnswer | null {
  const certezza = occupancyAt(dwelling, span);
  if (certezza === null) return null;
  const identity = identityOn([entry], dayOf(dwelling, span))?.fact;
  return {
    persona: `P${personId}`,
    scheda: entryName(entry),
    codice_fiscale: identity?.codice_fiscale ?? null,
    cognome: identity?.cognome ?? null,
    nome: identity?.nome ?? null,
    data_nascita: identity?.birth_text ?? null,
    interno: dwelling.interno,
    dal: dwelling.from,
    al: dwelling.to,
    certezza,
    protetto: entry.protections.some((p) => p.protetto && p.to === null),
  };
}

/**
 * In the order of a doorbell: by flat, then by surname and name. Those alike go by the register's own number, not by the
 * provincial one, which depends on the order of loading.
 */
export function byDoor(a: OccupantAnswer, b: OccupantAnswer): number {
  const key = (o: OccupantAnswer): string =>
    [
      (o.interno ?? '').padStart(6, '0'),
      o.cognome ?? '',
      o.nome ?? '',
      o.dal,
      o.scheda.comune,
      o.scheda.id_soggetto,
    ].join('\u0000');
  return key(a) < key(b) ? -1 : 1;
}
