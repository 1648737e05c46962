/**
 * What the registrations of one person ask for: halves of moves that stay alone or have two days, a double residence, a
 * death in one register and a residence in another on a later day (registry.md, Reconciliation). The rules are those of
 * the answers (transfers.ts, residence.ts). Pure.
 */
import { addDays, type Day, day, firstDay, lastDay } from '../../kernel/day.ts';
import type { EntryFacts } from '../facts.ts';
import { clashesOn } from '../residence.ts';
import { speakers } from '../speaking.ts';
import { awaitedFrom, daysDiffer, type Transfer, type TransferEvidence, transfersOf } from '../transfers.ts';
import type { WantedFinding } from './finding.ts';

/** A day on which only what is still open holds. */
const AFTER_ALL = day('9999-12-30');

const NO_DETAIL = {};

/** A half that came alone: it is kept from the day it came, and told once the other comune has told of that day. */
function alone({ departure, arrival }: Transfer, evidence: TransferEvidence): WantedFinding | null {
  const half = departure ?? arrival;
  if (half === null || (departure !== null && arrival !== null)) return null;
  const source = evidence.sources.get(half.eventId);
  if (source === undefined || half.other === null || half.other === half.comune) return null;
  const waitsFrom = awaitedFrom(half, source);
  if (waitsFrom === null) return null;
  return {
    kind: departure === null ? 'MANCA_CANCELLAZIONE' : 'MANCA_ISCRIZIONE',
    entryId: half.entryId,
    otherEntryId: null,
    owner: half.other,
    other: half.comune,
    about: half.day,
    waitsFrom,
    eventId: half.eventId,
    detail: NO_DETAIL,
  };
}

/**
 * The day is that of the declaration in the new comune (DPR 223/1989 art. 18): the comune that cancelled must follow it.
 */
function differing(transfer: Transfer): WantedFinding | null {
  const { departure, arrival } = transfer;
  if (departure === null || arrival === null || !daysDiffer(transfer)) return null;
  return {
    kind: 'DECORRENZE_DIVERSE',
    entryId: departure.entryId,
    otherEntryId: arrival.entryId,
    owner: departure.comune,
    other: arrival.comune,
    about: arrival.day,
    waitsFrom: null,
    eventId: departure.eventId,
    detail: { cancellazione: departure.date, iscrizione: arrival.date },
  };
}

/** Two open registrations that no pending transfer explains: the earlier one must say whether it still holds. */
function double(
  entries: readonly EntryFacts[],
  transfers: readonly Transfer[],
  evidence: TransferEvidence,
): WantedFinding[] {
  const inOrder = speakers(entries, AFTER_ALL);
  const clashes = clashesOn(inOrder, transfers, evidence, AFTER_ALL);
  const { current } = clashes;
  if (current === null) return [];
  const open = (e: EntryFacts) => e.registrations.find((r) => r.to === null)!;
  const since = open(current);
  return clashes.double
    .filter((e) => e.comune !== current.comune)
    .map((e) => ({
      kind: 'DOPPIA_RESIDENZA',
      entryId: e.entryId,
      otherEntryId: current.entryId,
      owner: e.comune,
      other: current.comune,
      about: firstDay(since.from),
      waitsFrom: null,
      eventId: since.eventId,
      detail: { iscritto_dal: open(e).from, corrente_dal: since.from },
    }));
}

/** The first day after a death on which another register surely holds the dead resident; null where there is none. */
function residentAfter(entry: EntryFacts, death: Day): Day | null {
  let first: Day | null = null;
  for (const r of entry.registrations) {
    const from = lastDay(r.from);
    const d = from > death ? from : addDays(death, 1);
    if (r.to !== null && firstDay(r.to) <= d) continue;
    if (first === null || d < first) first = d;
  }
  return first;
}

/** Dead in one register and resident in another on a later day: in conflict until it is settled. */
function deadAndResident(entries: readonly EntryFacts[]): WantedFinding[] {
  return entries.flatMap((dead) => {
    const [death] = dead.deaths;
    if (death === undefined) return [];
    return entries.flatMap((living): WantedFinding[] => {
      if (living.comune === dead.comune) return [];
      const about = residentAfter(living, lastDay(death.from));
      if (about === null) return [];
      return [
        {
          kind: 'DECEDUTO_RESIDENTE',
          entryId: living.entryId,
          otherEntryId: dead.entryId,
          owner: living.comune,
          other: dead.comune,
          about,
          waitsFrom: null,
          eventId: death.eventId,
          detail: { data_morte: death.from },
        },
      ];
    });
  });
}

export function moveFindings(entries: readonly EntryFacts[], evidence: TransferEvidence): WantedFinding[] {
  const transfers = transfersOf(entries);
  return [
    ...transfers.flatMap((t) => alone(t, evidence) ?? []),
    ...transfers.flatMap((t) => differing(t) ?? []),
    ...double(entries, transfers, evidence),
    ...deadAndResident(entries),
  ];
}

/** The event that closed a half's finding: that of the half that came to it; null where it closed in another way. */
export function eventThatPaired(
  entries: readonly EntryFacts[],
  finding: { readonly kind: string; readonly entry_id: number; readonly about: Day },
): number | null {
  for (const { departure, arrival } of transfersOf(entries)) {
    if (departure === null || arrival === null) continue;
    const [mine, theirs] =
      finding.kind === 'MANCA_CANCELLAZIONE'
        ? [arrival, departure]
        : finding.kind === 'MANCA_ISCRIZIONE'
          ? [departure, arrival]
          : [null, null];
    if (mine?.entryId === finding.entry_id && mine.day === finding.about) return theirs?.eventId ?? null;
  }
  return null;
}
