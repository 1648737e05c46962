/**
 * Transfers between comuni (registry.md, Reconciliation): a cancellation towards B and a registration from A are two
 * halves of one move. Pairs the halves among the entries of one person, and says what is still awaited. Pure.
 */
import { certainlyBefore, type Day, daysBetween, firstDay, type PartialDate } from '../../kernel/day.ts';
import type { EntryFacts, RegistrationFact } from './facts.ts';

/** The agreed days (policy): a half that stays alone longer is reported, and a residence in two comuni is double. */
export const AGREED_DAYS = 30;

/** T7 and T15 codes of a move from or to another Italian comune; 9 and 13 pass with their land (tracciato.md 1, 3). */
const ARRIVALS = new Set(['3', '8', '9']);
const DEPARTURES = new Set(['3', '4', '13']);

export interface Half {
  readonly entryId: number;
  readonly comune: string;
  /** The comune of the other half; null where it was not said. */
  readonly other: string | null;
  /** Its decorrenza as written, and by first day. */
  readonly date: PartialDate;
  readonly day: Day;
  readonly eventId: number;
}

/** One move, with the halves that came. */
export interface Transfer {
  readonly departure: Half | null;
  readonly arrival: Half | null;
}

/** What the supply that brought a half tells of it. */
export interface HalfSource {
  readonly fromFullSupply: boolean;
  /** Day of registration; null for what came with a COMPLETA. */
  readonly registered: Day | null;
  readonly situazioneAl: Day;
}

/** What is known of the sources of halves, and of how far each comune has told its story. */
export interface TransferEvidence {
  readonly sources: ReadonlyMap<number, HalfSource>;
  /** Latest situazione_al of each comune that feeds the system. */
  readonly situations: ReadonlyMap<string, Day>;
}

export const NO_EVIDENCE: TransferEvidence = { sources: new Map(), situations: new Map() };

function departureOf(entry: EntryFacts, r: RegistrationFact): Half | null {
  if (r.to === null || r.motivo_cancellazione === null || !DEPARTURES.has(r.motivo_cancellazione))
    return null;
  if (r.stato_destinazione !== null || (r.comune_destinazione === null && r.motivo_cancellazione === '13'))
    return null;
  const eventId = r.end_event_id ?? r.eventId;
  return {
    entryId: entry.entryId,
    comune: entry.comune,
    other: r.comune_destinazione,
    date: r.to,
    day: firstDay(r.to),
    eventId,
  };
}

function arrivalOf(entry: EntryFacts, r: RegistrationFact): Half | null {
  if (!ARRIVALS.has(r.motivo_iscrizione) || r.stato_provenienza !== null) return null;
  if (r.comune_provenienza === null && r.motivo_iscrizione === '9') return null;
  return {
    entryId: entry.entryId,
    comune: entry.comune,
    other: r.comune_provenienza,
    date: r.from,
    day: firstDay(r.from),
    eventId: r.eventId,
  };
}

const fits = (departure: Half, arrival: Half): boolean =>
  departure.comune !== arrival.comune &&
  (departure.other === null || departure.other === arrival.comune) &&
  (arrival.other === null || arrival.other === departure.comune);

/** Does a registration begin or end strictly between the halves? Then they are of two moves. */
function separated(entries: readonly EntryFacts[], a: Day, b: Day): boolean {
  const [first, last] = a < b ? [a, b] : [b, a];
  const between = (day: Day | null): boolean => day !== null && day > first && day < last;
  return entries.some((e) =>
    e.registrations.some((r) => between(firstDay(r.from)) || between(r.to === null ? null : firstDay(r.to))),
  );
}

/** Every move that the registrations tell of, the halves nearest in time paired first. */
export function transfersOf(entries: readonly EntryFacts[]): Transfer[] {
  const departures: Half[] = [];
  const arrivals: Half[] = [];
  for (const entry of entries)
    for (const r of entry.registrations) {
      const departure = departureOf(entry, r);
      const arrival = arrivalOf(entry, r);
      if (departure !== null) departures.push(departure);
      if (arrival !== null) arrivals.push(arrival);
    }
  const pairs = departures
    .flatMap((departure) =>
      arrivals.filter((a) => fits(departure, a)).map((arrival) => ({ departure, arrival })),
    )
    .map((p) => ({ ...p, apart: Math.abs(daysBetween(p.departure.day, p.arrival.day)) }))
    .sort((x, y) => x.apart - y.apart || (x.arrival.day < y.arrival.day ? -1 : 1));
  const used = new Set<Half>();
  const transfers: Transfer[] = [];
  for (const { departure, arrival } of pairs) {
    if (used.has(departure) || used.has(arrival) || separated(entries, departure.day, arrival.day)) continue;
    used.add(departure).add(arrival);
    transfers.push({ departure, arrival });
  }
  for (const departure of departures) if (!used.has(departure)) transfers.push({ departure, arrival: null });
  for (const arrival of arrivals) if (!used.has(arrival)) transfers.push({ departure: null, arrival });
  return transfers;
}

/** Are the two decorrenze of a move different in every reading (DPR 223/1989 art. 18: the day is one)? */
export function daysDiffer({ departure, arrival }: Transfer): boolean {
  if (departure === null || arrival === null) return false;
  return certainlyBefore(departure.date, arrival.date) || certainlyBefore(arrival.date, departure.date);
}

/** An event with its supply, as the database tells of them. */
export interface HalfSourceRow {
  readonly operazione: string;
  readonly registrazione: Day | null;
  readonly tipo: string;
  readonly situazione_al: Day;
}

/** A SCHEDA is like a COMPLETA of its rows alone, each of which counts from its own dates (tracciato.md 3). */
export function halfSource(row: HalfSourceRow): HalfSource {
  const fromFullSupply = row.tipo === 'COMPLETA' || row.operazione === 'SCHEDA';
  return {
    fromFullSupply,
    registered: fromFullSupply ? null : row.registrazione,
    situazioneAl: row.situazione_al,
  };
}

/** The day from which the other half of this one is awaited; null where this is old news of a COMPLETA. */
export function awaitedFrom(half: Half, source: HalfSource): Day | null {
  if (source.fromFullSupply && daysBetween(half.day, source.situazioneAl) > AGREED_DAYS) return null;
  return source.registered ?? half.day;
}

/** How a half that came alone stands. */
export interface Waiting {
  /** Days waited for the other comune to say its part; negative where it has not told of that day yet. */
  readonly days: number;
  readonly overdue: boolean;
}

/** @param told the latest situazione_al of the comune that owes the other half */
export function waitingSince(from: Day, told: Day): Waiting {
  const days = daysBetween(from, told);
  return { days, overdue: days > AGREED_DAYS };
}

/**
 * How long the other half of this one has been awaited, or null where it is not: the other comune does not feed the system,
 * or the half is old news of a COMPLETA (registry.md, Transfers).
 */
export function waitingFor(half: Half, evidence: TransferEvidence): Waiting | null {
  const source = evidence.sources.get(half.eventId);
  const told = half.other === null ? undefined : evidence.situations.get(half.other);
  if (source === undefined || told === undefined) return null;
  const from = awaitedFrom(half, source);
  return from === null ? null : waitingSince(from, told);
}
