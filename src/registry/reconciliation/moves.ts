/**
 * What the registrations of one person ask for: halves of moves that stay alone or have two days, a residence in two
 * comuni, a death in one register and a residence in another on a later day (registry.md, Reconciliation). The rules are
 * those of the answers (transfers.ts, residence.ts). Pure.
 */
import { addDays, type Day, firstDay, lastDay } from '../../kernel/day.ts';
import type { EntryFacts, RegistrationFact } from '../answers/facts.ts';
import { awaitedFrom, daysDiffer, type Transfer, type TransferEvidence } from '../answers/transfers.ts';
import type { WantedFinding } from './finding.ts';
import { type Concerned, later } from './world.ts';

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
    detail: {},
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
function double({ open }: Concerned): WantedFinding[] {
  const { current } = open;
  if (current === null) return [];
  const openOf = (e: EntryFacts) => e.registrations.find((r) => r.to === null)!;
  const since = openOf(current);
  return open.double
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
      detail: { iscritto_dal: openOf(e).from, corrente_dal: since.from },
    }));
}

/** The first day on which two registrations surely hold both, one of them having ended since; null where there is none. */
function commonDay(a: RegistrationFact, b: RegistrationFact): Day | null {
  if (a.to === null && b.to === null) return null;
  const from = later(lastDay(a.from), lastDay(b.from));
  const holds = (r: RegistrationFact): boolean => r.to === null || firstDay(r.to) > from;
  return holds(a) && holds(b) ? from : null;
}

/**
 * Resident in two comuni on days gone by (registry.md, Invariants 1), which neither a move with two days nor a half that
 * is awaited explains: the registration that began earlier must say when it ended.
 */
function overlapping({ entries, transfers }: Concerned, evidence: TransferEvidence): WantedFinding[] {
  const explained = (x: EntryFacts, y: EntryFacts, day: Day): boolean =>
    transfers.some((t) => {
      const halves = [t.departure, t.arrival].flatMap((h) => (h === null ? [] : [h]));
      if (halves.length === 2) {
        const among = halves.every((h) => h.entryId === x.entryId || h.entryId === y.entryId);
        return among && t.departure!.day > t.arrival!.day && t.arrival!.day <= day && day < t.departure!.day;
      }
      const [half] = halves;
      const mine = half?.entryId === x.entryId ? y : half?.entryId === y.entryId ? x : null;
      return mine !== null && half!.other === mine.comune && alone(t, evidence) !== null;
    });
  const found: WantedFinding[] = [];
  for (const [i, e] of entries.entries())
    for (const f of entries.slice(i + 1)) {
      if (e.comune === f.comune) continue;
      for (const a of e.registrations)
        for (const b of f.registrations) {
          const day = commonDay(a, b);
          if (day === null || explained(e, f, day)) continue;
          const eFirst =
            firstDay(a.from) < firstDay(b.from) ||
            (firstDay(a.from) === firstDay(b.from) && e.comune < f.comune);
          const [one, two] = eFirst ? [e, f] : [f, e];
          const [first, second] = eFirst ? [a, b] : [b, a];
          found.push({
            kind: 'RESIDENZE_SOVRAPPOSTE',
            entryId: one.entryId,
            otherEntryId: two.entryId,
            owner: one.comune,
            other: two.comune,
            about: day,
            waitsFrom: null,
            eventId: second.eventId,
            detail: {
              iscritto_dal: first.from,
              ...(first.to === null ? {} : { cancellato_dal: first.to }),
              altra_dal: second.from,
              ...(second.to === null ? {} : { altra_al: second.to }),
            },
          });
        }
    }
  return found;
}

/** The first day on which two registrations surely hold both, ended since or not; null where there is none. */
function firstSharedDay(a: RegistrationFact, b: RegistrationFact): Day | null {
  const from = later(lastDay(a.from), lastDay(b.from));
  return [a, b].every((r) => r.to === null || firstDay(r.to) > from) ? from : null;
}

/**
 * Two entries of one register that an operator joined, both resident on a day (registry.md, Invariants 1: only with an open
 * finding): the comune has somebody twice, and must say which of the two holds.
 */
function twiceRegistered({ entries }: Concerned): WantedFinding[] {
  const pairs = entries.flatMap((e, i) =>
    entries.slice(i + 1).flatMap((f) => (e.comune === f.comune ? [[e, f] as const] : [])),
  );
  return pairs.flatMap(([e, f]) =>
    e.registrations.flatMap((a) =>
      f.registrations.flatMap((b): WantedFinding[] => {
        const about = firstSharedDay(a, b);
        if (about === null) return [];
        const [first, second] =
          a.from < b.from || (a.from === b.from && e.idSoggetto < f.idSoggetto) ? [e, f] : [f, e];
        const [one, two] = first === e ? [a, b] : [b, a];
        return [
          {
            kind: 'SCHEDE_SOVRAPPOSTE',
            entryId: first.entryId,
            otherEntryId: second.entryId,
            owner: first.comune,
            other: second.comune,
            about,
            waitsFrom: null,
            eventId: two.eventId,
            detail: {
              scheda: first.idSoggetto,
              altra_scheda: second.idSoggetto,
              iscritto_dal: one.from,
              altra_dal: two.from,
            },
          },
        ];
      }),
    ),
  );
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
function deadAndResident({ entries }: Concerned): WantedFinding[] {
  return entries.flatMap((dead) => {
    const [death] = dead.deaths;
    if (death === undefined) return [];
    return entries.flatMap((living): WantedFinding[] => {
      if (living.entryId === dead.entryId) return [];
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

export function moveFindings(person: Concerned, evidence: TransferEvidence): WantedFinding[] {
  return [
    ...person.transfers.flatMap((t) => alone(t, evidence) ?? []),
    ...person.transfers.flatMap((t) => differing(t) ?? []),
    ...double(person),
    ...overlapping(person, evidence),
    ...twiceRegistered(person),
    ...deadAndResident(person),
  ];
}

/** The event that closed a half's finding: that of the half that came to it; null where it closed in another way. */
export function eventThatPaired(
  transfers: readonly Transfer[],
  finding: { readonly kind: string; readonly entry_id: number; readonly about: Day },
): number | null {
  for (const { departure, arrival } of transfers) {
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
