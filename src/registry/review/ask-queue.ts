/** The queue of pairs to judge, and one of them side by side, as known when. */
import { AppError } from '../../kernel/app-error.ts';
import { type Day, romeDay } from '../../kernel/day.ts';
import type { Client } from '../../platform/db/pool.ts';
import { loadPerson } from '../answers/facts.sql.ts';
import { getKnownAt } from '../answers/known-at.sql.ts';
import type { KnownAt } from '../answers/known-at.ts';
import { type PersonState, personState } from '../answers/person-state.ts';
import { loadSurroundings } from '../answers/surroundings.sql.ts';
import { type FindingPeople, loadFindingPeople } from '../reconciliation/listing.sql.ts';
import { isOmocodicPair } from './agreement.ts';
import { presentIdentity } from './decide.ts';
import { COORDINATION, type DecisionAct } from './decisions.ts';
import { findCandidatePair, findProposed, listDecided, listUndecided, type PairRow } from './queue.sql.ts';
import { type PairState, type QueuedPair, queuedPair } from './queue.ts';
import { resolvePair } from './review.service.ts';
import { listActs, listActsOfPair, listPersonsAt } from './review.sql.ts';

/** Which pairs. */
export interface QueueQuery {
  /** One of the two is of this comune; null: any. */
  readonly comune: string | null;
  /** A comune, or `coordinamento`; null: anybody. */
  readonly owner: string | null;
  /** da-fare: aperta and riaperta. */
  readonly state: PairState | 'da-fare' | 'tutte';
  /** Most of those of which nothing was ever decided. */
  readonly limit: number;
}

export interface QueueAnswer {
  readonly noto_al: KnownAt;
  readonly coppie: readonly QueuedPair[];
}

const pairKey = (a: number, b: number): string => `${a} ${b}`;

const isWanted = (pair: QueuedPair, { comune, owner, state }: QueueQuery): boolean =>
  (comune === null || pair.schede.some((s) => s.comune === comune)) &&
  (owner === null || pair.proprietario === owner) &&
  (state === 'tutte' ||
    (state === 'da-fare' ? pair.stato === 'aperta' || pair.stato === 'riaperta' : pair.stato === state));

function identitiesOf(people: FindingPeople, row: PairRow) {
  const of = (id: number) =>
    presentIdentity(people.entriesOf.get(people.personOf.get(id) ?? 0)?.find((e) => e.entryId === id));
  return [of(row.entry_a), of(row.entry_b)] as const;
}

/** Do the two, one person as it stands, bear two validated forms of one code, they or whoever is joined with them? */
function haveTwoForms(people: FindingPeople, row: PairRow): boolean {
  const person = people.personOf.get(row.entry_a);
  if (person === undefined || person !== people.personOf.get(row.entry_b)) return false;
  const present = (people.entriesOf.get(person) ?? []).map(presentIdentity);
  return present.some((a, i) => present.slice(i + 1).some((b) => isOmocodicPair(a, b)));
}

/** Pairs as they stand, the likeliest first. */
export async function askQueue(db: Client, query: QueueQuery, notoAl: KnownAt | null): Promise<QueueAnswer> {
  const at = await getKnownAt(db, notoAl);
  const across = query.owner === COORDINATION;
  const undecided =
    query.state === 'decisa' || query.state === 'riaperta' || query.state === 'rinviata'
      ? []
      : await listUndecided(
          db,
          { comune: query.comune, within: across ? null : query.owner, across, limit: query.limit },
          at,
        );
  const acts = Map.groupBy(await listActs(db, at), (a) => pairKey(a.entry_id, a.other_entry_id));
  const rows = [...undecided, ...(acts.size === 0 ? [] : await listDecided(db, at))];
  const people = await loadFindingPeople(db, [...new Set(rows.flatMap((r) => [r.entry_a, r.entry_b]))], at);
  const coppie = rows.flatMap((row): QueuedPair[] => {
    const decided: readonly DecisionAct[] = acts.get(pairKey(row.entry_a, row.entry_b)) ?? [];
    // What a code has joined since there is no need to judge.
    if (decided.length === 0 && people.personOf.get(row.entry_a) === people.personOf.get(row.entry_b))
      return [];
    const pair = queuedPair(row, identitiesOf(people, row), decided, haveTwoForms(people, row), at);
    return isWanted(pair, query) ? [pair] : [];
  });
  return { noto_al: at, coppie: coppie.sort(byWeight) };
}

/** The likeliest first; those that the linkage does not propose last, in the order in which they came up. */
function byWeight(a: QueuedPair, b: QueuedPair): number {
  if (a.peso === null || b.peso === null) return Number(a.peso === null) - Number(b.peso === null);
  return b.peso - a.peso;
}

/** One act of a pair, as it is told. */
export interface ActAnswer {
  readonly decisione: number;
  readonly esito: DecisionAct['kind'];
  readonly annulla: number | null;
  readonly operatore: string;
  readonly motivo: string;
  readonly fino_al: Day | null;
  readonly il: string;
}

export interface PairAnswer {
  readonly noto_al: KnownAt;
  readonly al: Day;
  readonly coppia: QueuedPair;
  /** The person of each entry. */
  readonly persone: readonly [string, string];
  /** What each entry says by itself on the day. */
  readonly stati: readonly [PersonState, PersonState];
  readonly decisioni: readonly ActAnswer[];
}

/** The entries of a candidate. @throws AppError not-found */
export async function candidatePair(db: Client, candidateId: number): Promise<readonly [number, number]> {
  const keys = await findCandidatePair(db, candidateId);
  if (keys === null)
    throw new AppError(
      'not-found',
      `nessuna coppia C${candidateId}: l’elenco è in linkage queue`,
      `no pair C${candidateId}: they are listed by linkage queue`,
    );
  return resolvePair(db, keys);
}

async function entryState(db: Client, entryId: number, al: Day, at: KnownAt) {
  const numbers = await listPersonsAt(db, [entryId], at);
  const number = numbers.find((n) => n.entry_id === entryId);
  if (number === undefined)
    throw new AppError(
      'not-found',
      'una delle due schede non era ancora nota',
      'one of the two entries was not known yet',
    );
  const person = await loadPerson(db, [number], at);
  const state = personState(person, al, at, await loadSurroundings(db, person, al, at));
  return { number, state };
}

const actAnswer = (a: DecisionAct): ActAnswer => ({
  decisione: a.decision_id,
  esito: a.kind,
  annulla: a.undoes,
  operatore: a.operator,
  motivo: a.reason,
  fino_al: a.until,
  il: a.recorded_from,
});

/** A pair side by side. @throws AppError not-found */
export async function askPair(
  db: Client,
  pair: readonly [number, number],
  al: Day | null,
  notoAl: KnownAt | null,
): Promise<PairAnswer> {
  const at = await getKnownAt(db, notoAl);
  const on = al ?? romeDay(new Date(at));
  const [one, other] = [await entryState(db, pair[0], on, at), await entryState(db, pair[1], on, at)];
  const acts = await listActsOfPair(db, pair, at);
  const found = await findProposed(db, pair, at);
  const row: PairRow = found ?? {
    candidate_id: null,
    entry_a: pair[0],
    entry_b: pair[1],
    comune_a: one.number.comune,
    comune_b: other.number.comune,
    id_a: one.number.id_soggetto,
    id_b: other.number.id_soggetto,
    weight: null,
    probability: null,
    fields: [],
    since: acts[0]?.recorded_from ?? at,
  };
  const people = await loadFindingPeople(db, pair, at);
  return {
    noto_al: at,
    al: on,
    coppia: queuedPair(row, identitiesOf(people, row), acts, haveTwoForms(people, row), at),
    persone: [`P${one.number.person_id}`, `P${other.number.person_id}`],
    stati: [one.state, other.state],
    decisioni: acts.map(actAnswer),
  };
}
