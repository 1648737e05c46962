/**
 * Where somebody is resident on a day, and what stands in the way of a plain answer: in transit, a pending transfer, a
 * double residence (registry.md, "Who speaks" and "Reconciliation"). Pure.
 */
import { type Day, firstDay, lastDay, type PartialDate } from '../../kernel/day.ts';
import { type Certainty, type Held, heldOn, holdsByFirstDays } from './certainty.ts';
import { type GoneAnswer, goneOn } from './elsewhere.ts';
import type { AddressColumns, DwellingFact, EntryFacts, RegistrationFact } from './facts.ts';
import { type Transfer, type TransferEvidence, transfersOf, waitingFor } from './transfers.ts';

/** The columns of an address that are filled, as written in the supply. */
export type AddressAnswer = { readonly [K in keyof Omit<AddressColumns, 'senza_fissa_dimora'>]?: string };

const ADDRESS_COLUMNS = [
  'specie',
  'toponimo',
  'civico',
  'esponente',
  'scala',
  'piano',
  'interno',
  'cap',
  'frazione',
  'sezione',
  'lat',
  'lon',
] as const;

export function addressAnswer(columns: AddressColumns): AddressAnswer {
  const answer: Record<string, string> = {};
  for (const column of ADDRESS_COLUMNS) {
    const value = columns[column];
    if (value !== null) answer[column] = value;
  }
  return answer;
}

/** A dwelling that is or may be the one of the day. */
export interface DwellingAnswer {
  /** Absent for those of no fixed abode, whose address is conventional. */
  readonly indirizzo?: AddressAnswer;
  readonly senza_fissa_dimora?: true;
  readonly dal: PartialDate;
  readonly al: PartialDate | null;
  readonly certezza: Certainty;
}

/** Of who is resident nowhere, also since when, why and where to. */
export interface ResidenceAnswer extends GoneAnswer {
  readonly residente: boolean;
  /** certa where every reading of partial dates agrees with `residente`. */
  readonly certezza: Certainty;
  readonly comune?: string;
  readonly iscritto_dal?: PartialDate;
  readonly indirizzo?: AddressAnswer;
  readonly senza_fissa_dimora?: true;
  readonly certezza_indirizzo?: Certainty;
  readonly abitazione_dal?: PartialDate;
  /** Other comuni and addresses that some reading of the dates gives. */
  readonly oppure?: readonly (DwellingAnswer | { readonly comune: string; readonly certezza: Certainty })[];
}

function dwellingAnswer({ spell, certezza }: Held<DwellingFact>): DwellingAnswer {
  return {
    ...(spell.senza_fissa_dimora ? { senza_fissa_dimora: true } : { indirizzo: addressAnswer(spell) }),
    dal: spell.from,
    al: spell.to,
    certezza,
  };
}

interface Home {
  readonly entry: EntryFacts;
  readonly registration: Held<RegistrationFact>;
}

/** The registrations that hold or may hold on the day, in the order in which their entries speak. */
export function homesOn(inOrder: readonly EntryFacts[], d: Day): Home[] {
  return inOrder.flatMap((entry) => {
    const [registration] = heldOn(entry.registrations, d);
    return registration === undefined ? [] : [{ entry, registration }];
  });
}

/** @param inOrder the entries in the order in which they speak of the day (speaking.ts) */
export function residenceOn(inOrder: readonly EntryFacts[], d: Day): ResidenceAnswer {
  const homes = homesOn(inOrder, d);
  const [home, ...otherHomes] = homes;
  if (home === undefined) return { residente: false, certezza: 'certa', ...goneOn(inOrder, d) };
  const certainly = homes.some((h) => h.registration.certezza === 'certa');
  const [dwelling, ...otherDwellings] = heldOn(home.entry.dwellings, d);
  const elsewhere = otherHomes
    .filter((h) => !holdsByFirstDays(h.registration.spell, d))
    .map((h) => ({ comune: h.entry.comune, certezza: h.registration.certezza }));
  const oppure = [...otherDwellings.map(dwellingAnswer), ...elsewhere];
  return {
    residente: true,
    certezza: certainly ? 'certa' : 'possibile',
    comune: home.entry.comune,
    iscritto_dal: home.registration.spell.from,
    ...(dwelling === undefined
      ? {}
      : {
          ...(dwelling.spell.senza_fissa_dimora
            ? { senza_fissa_dimora: true as const }
            : { indirizzo: addressAnswer(dwelling.spell) }),
          abitazione_dal: dwelling.spell.from,
          certezza_indirizzo: dwelling.certezza,
        }),
    ...(oppure.length === 0 ? {} : { oppure }),
  };
}

/** What the registers of two comuni say of one move, where they do not agree. */
export interface MovesAnswer {
  /** Gone from one comune and not yet in the other. */
  readonly in_transito: {
    readonly da: string;
    readonly verso: string;
    readonly dal: Day;
    readonly giorni_di_attesa: number;
    readonly oltre_i_termini: boolean;
  } | null;
  /** In one comune and not yet gone from the other, within the agreed days. */
  readonly trasferimento_pendente: { readonly da: string; readonly verso: string } | null;
  /** Two open registrations that no pending transfer explains (EA030). */
  readonly doppia_residenza: { readonly corrente: string; readonly anche: readonly string[] } | null;
  /** The halves of a move came with two decorrenze (DPR 223/1989 art. 18: the day is one). */
  readonly decorrenze_diverse: boolean;
}

function inTransit(
  entries: readonly EntryFacts[],
  transfers: readonly Transfer[],
  evidence: TransferEvidence,
  d: Day,
): MovesAnswer['in_transito'] {
  // Nobody dead is on the way: the other half may still be owed, of a move that counted before the death.
  if (entries.some((e) => e.deaths.some((death) => lastDay(death.from) <= d))) return null;
  // The last thing that happened to the registrations by the day: only a departure leaves somebody on the way.
  let last: Day | null = null;
  for (const e of entries)
    for (const r of e.registrations)
      for (const day of [firstDay(r.from), r.to === null ? null : firstDay(r.to)])
        if (day !== null && day <= d && (last === null || day > last)) last = day;
  for (const { departure, arrival } of transfers) {
    if (departure === null || departure.day !== last) continue;
    const verso = departure.other ?? arrival?.comune ?? null;
    if (verso === null) continue;
    if (arrival !== null) {
      if (arrival.day <= d) continue;
      return { da: departure.comune, verso, dal: departure.day, giorni_di_attesa: 0, oltre_i_termini: false };
    }
    const waiting = waitingFor(departure, evidence);
    if (waiting === null) continue;
    return {
      da: departure.comune,
      verso,
      dal: departure.day,
      giorni_di_attesa: waiting.days,
      oltre_i_termini: waiting.overdue,
    };
  }
  return null;
}

/** Of the entries resident on a day, the one whose word holds and how each of the others is explained. */
export interface Clashes {
  readonly current: EntryFacts | null;
  /** A move away from them has been registered elsewhere, within the agreed days. */
  readonly pending: readonly EntryFacts[];
  /** A move away from them came with another decorrenza than that of the arrival. */
  readonly differing: readonly EntryFacts[];
  /** Nothing explains them (EA030). */
  readonly double: readonly EntryFacts[];
}

/** @param inOrder the entries in the order in which they speak of the day */
export function clashesOn(
  inOrder: readonly EntryFacts[],
  transfers: readonly Transfer[],
  evidence: TransferEvidence,
  d: Day,
): Clashes {
  const resident = inOrder.filter((e) => e.registrations.some((r) => holdsByFirstDays(r, d)));
  const [current, ...others] = resident;
  const pending: EntryFacts[] = [];
  const differing: EntryFacts[] = [];
  const double: EntryFacts[] = [];
  const isResident = (entryId: number): boolean => resident.some((e) => e.entryId === entryId);
  for (const other of others) {
    const paired = transfers.some(
      (t) =>
        t.departure?.entryId === other.entryId &&
        t.arrival !== null &&
        isResident(t.arrival.entryId) &&
        t.departure.day > d,
    );
    // From A to B to C, neither A nor B having cancelled yet: each is explained by the arrival that follows it.
    const waiting = transfers
      .flatMap((t) => (t.departure === null && t.arrival !== null ? [t.arrival] : []))
      .filter((a) => a.other === other.comune && a.entryId !== other.entryId && isResident(a.entryId))
      .map((a) => waitingFor(a, evidence))
      .find((w) => w !== null);
    if (paired) differing.push(other);
    else if (waiting !== undefined && !waiting.overdue) pending.push(other);
    else double.push(other);
  }
  return { current: current ?? null, pending, differing, double };
}

/** @param inOrder the entries in the order in which they speak of the day */
export function movesOn(inOrder: readonly EntryFacts[], evidence: TransferEvidence, d: Day): MovesAnswer {
  const transfers = transfersOf(inOrder);
  const { current, pending, differing, double } = clashesOn(inOrder, transfers, evidence, d);
  if (current === null)
    return {
      in_transito: inTransit(inOrder, transfers, evidence, d),
      trasferimento_pendente: null,
      doppia_residenza: null,
      decorrenze_diverse: false,
    };
  return {
    in_transito: null,
    trasferimento_pendente:
      pending[0] === undefined ? null : { da: pending[0].comune, verso: current.comune },
    doppia_residenza:
      double.length === 0 ? null : { corrente: current.comune, anche: double.map((e) => e.comune) },
    decorrenze_diverse: differing.length > 0,
  };
}

/** The events and comuni whose story `movesOn` needs: none for who has no half left alone. */
export function awaitedHalves(entries: readonly EntryFacts[]): { eventIds: number[]; comuni: string[] } {
  const alone = transfersOf(entries).flatMap((t) =>
    t.departure !== null && t.arrival !== null ? [] : [(t.departure ?? t.arrival)!],
  );
  return {
    eventIds: [...new Set(alone.map((h) => h.eventId))],
    comuni: [...new Set(alone.flatMap((h) => (h.other === null ? [] : [h.other])))],
  };
}
