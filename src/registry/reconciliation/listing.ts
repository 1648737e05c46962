/**
 * The findings of the reconciliation as a comune reads them: those of one move together, with their people, how long they
 * have waited, until when they may, and what to do. Pure.
 */
import { addDays, type Day, daysBetween, romeDay } from '../../kernel/day.ts';
import type { EntryFacts } from '../answers/facts.ts';
import type { KnownAt } from '../answers/known-at.ts';
import type { EntryName } from '../answers/person-state.ts';
import { AGREED_DAYS, type Waiting, waitingSince } from '../answers/transfers.ts';
import type { FindingKind } from './finding.ts';
import type { EventName, FindingPeople, FindingQuery, FindingRow } from './listing.sql.ts';
import { NATIONAL_CODES, SENTENCES } from './messages.ts';

export interface FindingPerson {
  readonly codice_fiscale: string | null;
  readonly cognome: string | null;
  readonly nome: string | null;
  /** Their entries in the registers concerned. */
  readonly schede: readonly EntryName[];
}

/** `rinviata`: put off, and the day has not come. */
export type FindingState = 'aperta' | 'rinviata' | 'chiusa';

export interface PutOffFinding {
  readonly fino_al: Day;
  readonly operatore: string;
  readonly motivo: string;
  readonly il: string;
}

export interface ListedFinding {
  readonly genere: FindingKind;
  readonly codice: string | null;
  /** The comune that must mend it, and the other one concerned. */
  readonly comune: string;
  readonly altro_comune: string;
  /** One where it is about one; the spouse, or the bearer of the other form of a code, comes second. */
  readonly persone: readonly FindingPerson[];
  /** The day it is about: the decorrenza of the half, the later registration, the first day of the conflict. */
  readonly giorno: Day;
  /** Of a half that came alone: from when the other is awaited (its registrazione, or its decorrenza with a COMPLETA). */
  readonly attesa_dal: Day | null;
  readonly aperta_il: string;
  readonly aperta_da: EventName | null;
  /** The decision of an operator about who is one person, where that opened it. */
  readonly aperta_da_decisione: number | null;
  readonly stato: FindingState;
  /** Of one put off, and also when its day has come: until when, by whom, why and since when. */
  readonly rinvio: PutOffFinding | null;
  readonly chiusa_il: string | null;
  readonly chiusa_da: EventName | null;
  readonly chiusa_da_decisione: number | null;
  /** Age: of a half to the registration of the other, or to the last day told of by either comune; else since it appeared. */
  readonly giorni: number;
  /** Of a half: to the latest situazione_al of the comune that owes the other, before it came. */
  readonly giorni_di_attesa: number | null;
  /** Reported: at once, and of a half beyond the agreed days. */
  readonly segnalata: boolean;
  /** The last day by which it should be mended. */
  readonly scadenza: Day;
  readonly dettaglio: Readonly<Record<string, string>>;
  readonly messaggio: string;
  readonly messaggio_en: string;
}

/** Was the other half of this one awaited: did the comune that owes it tell of the day, before the half came? */
const awaited = (row: FindingRow): boolean =>
  row.waits_from === null || (row.told !== null && row.told >= row.waits_from);

const waitingOf = (row: FindingRow): Waiting | null =>
  row.waits_from === null || row.told === null ? null : waitingSince(row.waits_from, row.told);

/** Those that are findings by then: halves not yet awaited are kept, and no finding. */
export const findingsAmong = (rows: readonly FindingRow[]): FindingRow[] => rows.filter(awaited);

const putOffOf = (row: FindingRow): PutOffFinding | null =>
  row.put_off_until === null
    ? null
    : {
        fino_al: row.put_off_until,
        operatore: row.put_off_by!,
        motivo: row.put_off_why!,
        il: row.put_off_at!,
      };

/** How a finding stands at an instant. What is put off waits no longer from its day on, and closes by itself like any other. */
export function findingState(row: FindingRow, knownAt: KnownAt): FindingState {
  if (row.closed_at !== null) return 'chiusa';
  return row.put_off_until !== null && row.put_off_until > romeDay(new Date(knownAt)) ? 'rinviata' : 'aperta';
}

/**
 * Those of the open rows that are to be mended now, or that are put off; all, of other states. Who waits for others goes on waiting
 * whatever these put off: to them it is open still.
 */
export function inState(
  rows: readonly FindingRow[],
  { state, side }: Pick<FindingQuery, 'state' | 'side'>,
  knownAt: KnownAt,
): readonly FindingRow[] {
  if ((state !== 'aperte' && state !== 'rinviate') || (state === 'aperte' && side === 'others')) return rows;
  const wanted = state === 'aperte' ? 'aperta' : 'rinviata';
  return rows.filter((row) => findingState(row, knownAt) === wanted);
}

/** Findings of one move, opened and closed together, are one. */
export function moveOf(row: FindingRow): string {
  return [
    row.kind,
    row.owner,
    row.other,
    row.about,
    row.waits_from === null ? row.entry_id : row.event_id,
    row.opened_at,
    row.closed_at,
    row.closed_by?.id_evento,
    row.put_off_at,
  ].join(' ');
}

/** The entries of a person as known at any of the instants, those of the first before the others. */
function entriesAt(peopleAt: readonly FindingPeople[], entryId: number): readonly EntryFacts[] {
  const entries = new Map<number, EntryFacts>();
  for (const people of peopleAt)
    for (const e of people.entriesOf.get(people.personOf.get(entryId) ?? 0) ?? [])
      if ((entries.get(e.entryId)?.identities.length ?? 0) === 0) entries.set(e.entryId, e);
  return [...entries.values()];
}

/** The persons that a row is about: one with an entry in two registers, or two of them. */
function personsOf(
  row: FindingRow,
  peopleAt: readonly FindingPeople[],
): readonly [FindingPerson, FindingPerson?] {
  const other = row.other_entry_id;
  const mine = entriesAt(peopleAt, row.entry_id);
  if (other !== null && !mine.some((e) => e.entryId === other)) {
    const one = mine.filter((e) => e.entryId === row.entry_id);
    const two = entriesAt(peopleAt, other).filter((e) => e.entryId === other);
    return [personShown(one, row.entry_id), personShown(two, other)];
  }
  const named = mine.filter(
    (e) => e.entryId === row.entry_id || (other === null ? e.comune === row.owner : e.entryId === other),
  );
  return [personShown(named, row.entry_id)];
}

/** Two entries of one register may be one person's, where an operator joined them. */
const byName = (e: EntryName): string => `${e.comune} ${e.id_soggetto}`;

function personShown(entries: readonly EntryFacts[], first: number): FindingPerson {
  const identity = (
    entries.find((e) => e.entryId === first && e.identities.length > 0) ?? entries[0]
  )?.identities.at(-1);
  return {
    codice_fiscale: identity?.codice_fiscale ?? null,
    cognome: identity?.cognome ?? null,
    nome: identity?.nome ?? null,
    schede: entries
      .map((e) => ({ comune: e.comune, id_soggetto: e.idSoggetto }))
      .sort((a, b) => (byName(a) < byName(b) ? -1 : 1)),
  };
}

function ageOf(row: FindingRow, knownAt: KnownAt): number {
  if (row.waits_from !== null) {
    const until = row.closed_at === null ? row.told_either : (row.closed_by?.registrazione ?? row.told);
    return until === null ? 0 : daysBetween(row.waits_from, until);
  }
  return daysBetween(romeDay(new Date(row.opened_at)), romeDay(new Date(row.closed_at ?? knownAt)));
}

const who = (p: FindingPerson): string =>
  [[p.cognome, p.nome].filter((n) => n !== null).join(' '), p.codice_fiscale]
    .filter((part) => part !== null && part !== '')
    .join(' ');

/**
 * @param peopleAt the people of a row as known when it was last open, and at the instant asked
 * @param comuneName the name of a comune, for the sentences
 */
export function listedFindings(
  rows: readonly FindingRow[],
  peopleAt: (row: FindingRow) => readonly FindingPeople[],
  knownAt: KnownAt,
  comuneName: (code: string) => string,
): ListedFinding[] {
  const moves = new Map<string, FindingRow[]>();
  for (const row of rows) {
    const move = moveOf(row);
    moves.set(move, [...(moves.get(move) ?? []), row]);
  }
  return [...moves.values()].map((together) => {
    const row = together[0]!;
    const persone = together.map((r) => personsOf(r, peopleAt(r)));
    const others = persone.flatMap(([, second]) => (second === undefined ? [] : [second]));
    const waiting = waitingOf(row);
    const sentence = SENTENCES[row.kind]({
      who: persone.map(([first]) => who(first)).join('; '),
      whom: others.map(who).join('; '),
      several: persone.length > 1,
      owner: comuneName(row.owner),
      other: comuneName(row.other),
      about: row.about,
      detail: row.detail,
    });
    return {
      genere: row.kind,
      codice: NATIONAL_CODES[row.kind] ?? null,
      comune: row.owner,
      altro_comune: row.other,
      persone: [...persone.map(([first]) => first), ...others],
      giorno: row.about,
      attesa_dal: row.waits_from,
      aperta_il: row.opened_at,
      aperta_da: row.opened_by,
      aperta_da_decisione: row.opened_by_decision,
      stato: findingState(row, knownAt),
      rinvio: putOffOf(row),
      chiusa_il: row.closed_at,
      chiusa_da: row.closed_by,
      chiusa_da_decisione: row.closed_by_decision,
      giorni: ageOf(row, knownAt),
      giorni_di_attesa: waiting?.days ?? null,
      segnalata: waiting?.overdue ?? true,
      scadenza: addDays(row.waits_from ?? romeDay(new Date(row.opened_at)), AGREED_DAYS),
      dettaglio: row.detail,
      messaggio: sentence.italian,
      messaggio_en: sentence.english,
    };
  });
}

/** How many findings of a kind a comune has to mend. */
export interface FindingCount {
  readonly comune: string;
  readonly genere: FindingKind;
  readonly segnalate: number;
  /** Halves within the agreed days. */
  readonly entro_i_termini: number;
  /** Put off, whether reported already or not. */
  readonly rinviate: number;
}

export function countFindings(rows: readonly FindingRow[], knownAt: KnownAt): FindingCount[] {
  const counts = new Map<string, FindingCount>();
  for (const row of rows) {
    const key = `${row.owner} ${row.kind}`;
    const count = counts.get(key) ?? {
      comune: row.owner,
      genere: row.kind,
      segnalate: 0,
      entro_i_termini: 0,
      rinviate: 0,
    };
    const putOff = findingState(row, knownAt) === 'rinviata';
    const reported = waitingOf(row)?.overdue ?? true;
    counts.set(key, {
      ...count,
      segnalate: count.segnalate + (reported && !putOff ? 1 : 0),
      entro_i_termini: count.entro_i_termini + (reported || putOff ? 0 : 1),
      rinviate: count.rinviate + (putOff ? 1 : 0),
    });
  }
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, count]) => count);
}
