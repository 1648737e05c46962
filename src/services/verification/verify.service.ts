/**
 * Verification of declarations (services.md): finds the persons, loads what the matters ask for, and judges. Many persons cost the round trips of
 * one. The caller's right, the purpose and the audit stand before it; what comes back holds no data of the register.
 */
import { setImmediate as othersFirst } from 'node:timers/promises';
import { AppError } from '../../kernel/app-error.ts';
import type { Client } from '../../platform/db/pool.ts';
import type { When } from '../../registry/answers/ask-person.ts';
import { holdsByFirstDays } from '../../registry/answers/certainty.ts';
import type { EntryTable, PersonFacts } from '../../registry/answers/facts.ts';
import { loadHouseholds } from '../../registry/answers/family.sql.ts';
import { familyState, type HouseholdFacts } from '../../registry/answers/family.ts';
import type { KnownAt } from '../../registry/answers/known-at.ts';
import {
  NO_SURROUNDINGS,
  type PersonState,
  personState,
  tieOn,
} from '../../registry/answers/person-state.ts';
import { speakers } from '../../registry/answers/speaking.ts';
import { loadTransferEvidence } from '../../registry/answers/surroundings.sql.ts';
import { NO_EVIDENCE } from '../../registry/answers/transfers.ts';
import type { Declaration, NamedPerson } from './declaration.ts';
import { disclosed, type QualityAnswer, qualityAnswer, type Readable } from './disclose.ts';
import type { LoadedEvidence } from './evidence.sql.ts';
import { type Evidence, type Relative, VERIFICATION_POLICY, type VerificationPolicy } from './evidence.ts';
import { findNumbers, personsFound } from './find-named.ts';
import { knownPerson } from './known-persons.ts';
import { needsOf } from './needs.ts';
import type { VerificationReads } from './reads.ts';
import { loadAscendants, loadDescendants, loadSpouse, loadSpouses, type Person } from './relatives.ts';
import { unsure, type Verdict, verdictOf } from './verdict.ts';
import { verify } from './verify.ts';

/** What somebody declares of one person. */
export interface Question {
  /** Whom the declaration is about. */
  readonly persona: NamedPerson;
  readonly dichiarazioni: readonly Declaration[];
}

/** As of when, for whom, by which rules. */
export interface Asking {
  readonly when: When;
  readonly mayReadProtected: boolean;
  /** What the profile reads anyway; everything where absent (the command line). */
  readonly readable?: Readable;
  readonly policy?: VerificationPolicy;
  /** Does the caller's territory hold the person? Who is outside is, to the caller, nobody; everybody is inside where absent. */
  readonly inside?: (comune: string | null, persona: string) => boolean;
}

export interface VerificationRequest extends Question, Asking {}

export interface VerificationAnswer {
  /** The person judged, for the audit alone; null where nobody was found. */
  readonly soggetto: string | null;
  /** The instant as known at which it was judged. */
  readonly noto_al: KnownAt;
  /** The day at whose end the speaking comune's last supply was true; null where nobody was found, or it would tell the comune. */
  readonly situazione_al: string | null;
  readonly qualita: QualityAnswer | null;
  /** One verdict a declaration, in their order. */
  readonly esiti: readonly Verdict[];
}

/** @throws AppError usage, for a reference day that lies in the future */
export async function verifyDeclarations(
  reads: VerificationReads,
  request: VerificationRequest,
  today: string,
): Promise<VerificationAnswer> {
  const [answer] = await verifyMany(reads, [request], request, today);
  return answer!;
}

/** Questions judged in one turn of the event loop: a millisecond or two. */
const AT_ONCE = 20;

/** Several questions at once, answered in their order. @throws AppError usage, for a reference day that lies in the future */
export async function verifyMany(
  reads: VerificationReads,
  questions: readonly Question[],
  asking: Asking,
  today: string,
): Promise<readonly VerificationAnswer[]> {
  const { when } = asking;
  if (when.al > today) throw inFuture(when.al);
  const { found, knownAt } = await findNumbers(
    reads,
    questions.map(({ persona }) => persona),
    when.notoAl,
  );
  const needs = needsOf(questions.flatMap(({ dichiarazioni }) => dichiarazioni));
  const numbers = new Map(found.flatMap((one) => one.numbers.map((n) => [n.entry_id, n] as const)));
  // Asked also where nobody was found: how long an answer takes does not tell who is in the register.
  const loaded = await reads.evidence({ numbers: [...numbers.values()], tables: needs.tables }, knownAt);
  const byId = new Map(loaded.persons.map((person) => [person.personId, person]));
  const known = found.map((one) => personsFound(one, byId).filter((person) => isInside(person, asking)));
  // From here on only of whom the caller may hear: who is outside costs what nobody costs.
  const persons = new Set(known.flatMap((some) => (some.length === 1 ? some : [])));
  const movers = needs.moves ? [...persons].filter((person) => mayMove(person, when)) : [];
  const moves = movers.length === 0 ? NO_EVIDENCE : await loadTransferEvidence(reads.db, movers, knownAt);
  const states = new Map<number, PersonState>();
  const stateOf = (person: PersonFacts): PersonState => {
    const state =
      states.get(person.personId) ??
      personState(person, when.al, knownAt, { ...NO_SURROUNDINGS, evidence: moves });
    states.set(person.personId, state);
    return state;
  };
  const households = needs.family
    ? await loadFamilies(reads.db, [...persons], when, knownAt)
    : new Map<number, HouseholdFacts>();
  const judge = async ({ dichiarazioni }: Question, i: number): Promise<VerificationAnswer> => {
    const [person] = known[i]!;
    if (person === undefined || known[i]!.length > 1) {
      const why = person === undefined ? 'persona_non_trovata' : 'persona_ambigua';
      const verdict = verdictOf([unsure('persona', why)]);
      return {
        soggetto: null,
        noto_al: knownAt,
        situazione_al: null,
        qualita: null,
        esiti: dichiarazioni.map(() => verdict),
      };
    }
    const state = stateOf(person);
    const evidence = evidenceOf({ person, knownAt }, state, loaded, households, asking);
    const hidden = state.segnali.protetto && !asking.mayReadProtected;
    const readable = asking.readable ?? { family: true, death: true };
    const esiti: Verdict[] = [];
    for (const declared of dichiarazioni) {
      const others = await loadOthers(reads, { person, knownAt }, state, declared, asking);
      const verdict = verify(declared, { ...evidence, ...others }, asking.policy ?? VERIFICATION_POLICY);
      esiti.push(disclosed(verdict, { declared, hidden, readable }));
    }
    const qualita = qualityAnswer(evidence.quality, when.al, hidden);
    return {
      soggetto: state.persona,
      noto_al: knownAt,
      situazione_al: qualita?.situazione_al ?? null,
      qualita,
      esiti,
    };
  };
  const answers: VerificationAnswer[] = [];
  for (let from = 0; from < questions.length; from += AT_ONCE) {
    // Whoever else asks this process is heard in between.
    if (from > 0) await othersFirst();
    const some = questions.slice(from, from + AT_ONCE);
    answers.push(...(await Promise.all(some.map((question, i) => judge(question, from + i)))));
  }
  return answers;
}

const inFuture = (al: string): AppError =>
  new AppError(
    'usage',
    `la data di riferimento ${al} è nel futuro: si verifica ciò che è vero oggi o lo era`,
    `the reference day ${al} lies in the future: what is or was true can be verified`,
  );

const isInside = ({ personId, entries }: PersonFacts, { when, inside }: Asking): boolean =>
  inside?.(speakers(entries, when.al)[0]?.comune ?? null, `P${personId}`) ?? true;

const homeOf = ({ entries }: PersonFacts, { al }: When): number | null =>
  tieOn(speakers(entries, al), al)?.fact.household_id ?? null;

/** Only of who is in two registers, or resident in none on the day, does a half of a move tell anything (residence.ts, movesOn). */
const mayMove = ({ entries }: PersonFacts, { al }: When): boolean =>
  entries.length > 1 || !entries.some((e) => e.registrations.some((r) => holdsByFirstDays(r, al)));

async function loadFamilies(
  db: Client,
  persons: readonly PersonFacts[],
  when: When,
  knownAt: KnownAt,
): Promise<ReadonlyMap<number, HouseholdFacts>> {
  const ids = new Set(persons.map((person) => homeOf(person, when)).filter((id) => id !== null));
  const households = await loadHouseholds(db, [...ids], when.al, knownAt);
  return new Map(households.map((household) => [household.householdId, household]));
}

function evidenceOf(
  { person, knownAt }: Person,
  state: PersonState,
  loaded: LoadedEvidence,
  households: ReadonlyMap<number, HouseholdFacts>,
  { when, mayReadProtected }: Asking,
): Evidence {
  const household = households.get(homeOf(person, when) ?? 0);
  const family = household === undefined ? null : familyState(household, when.al, knownAt);
  const own = new Set(person.entries.map(({ entryId }) => entryId));
  const members = (family?.componenti ?? []).flatMap(({ id_soggetto }) => {
    const entry = household?.members.find((member) => member.idSoggetto === id_soggetto);
    if (entry === undefined) return [];
    const name = own.has(entry.entryId) ? state.persona : `${entry.comune}:${id_soggetto}`;
    return [knownPerson(name, [entry], when.al)];
  });
  return {
    al: when.al,
    state,
    entries: speakers(person.entries, when.al),
    self: knownPerson(state.persona, person.entries, when.al),
    family,
    members,
    relatives: [],
    quality: {
      situazioneAl: state.parla === null ? null : (loaded.situations.get(state.parla.comune) ?? null),
      setAside: person.entries.some(({ entryId }) => loaded.setAside.has(entryId)),
      findings: person.entries.flatMap(({ entryId }) => loaded.findings.get(entryId) ?? []),
    },
    renamings: loaded.renamings,
    mayReadProtected,
    otherKnown: false,
  };
}

const WHO_AND_WHERE: ReadonlySet<EntryTable> = new Set(['identities', 'registrations'] as const);

/** Does the register, as far as the caller's territory reaches, know somebody of that name? Who is outside is nobody. */
async function isKnown(reads: VerificationReads, named: NamedPerson, asking: Asking): Promise<boolean> {
  const { found, knownAt } = await findNumbers(reads, [named], asking.when.notoAl);
  const [one] = found;
  const { persons } = await reads.evidence({ numbers: one?.numbers ?? [], tables: WHO_AND_WHERE }, knownAt);
  const byId = new Map(persons.map((person) => [person.personId, person]));
  return one !== undefined && personsFound(one, byId).some((person) => isInside(person, asking));
}

/** The relatives that a matter asks for, and whether the one named is known at all. */
async function loadOthers(
  reads: VerificationReads,
  person: Person,
  state: PersonState,
  declared: Declaration,
  asking: Asking,
): Promise<{ readonly relatives: readonly Relative[]; readonly otherKnown: boolean }> {
  const { when } = asking;
  const { db } = reads;
  switch (declared.oggetto) {
    case 'stato_civile':
      return {
        relatives: declared.coniuge === undefined ? [] : await loadSpouse(db, state, when),
        otherKnown: false,
      };
    case 'nascita_figlio':
      return {
        relatives: await loadDescendants(db, person, when),
        otherKnown: await isKnown(reads, declared.figlio, asking),
      };
    case 'decesso_familiare': {
      const load = { coniuge: loadSpouses, ascendente: loadAscendants, discendente: loadDescendants }[
        declared.relazione
      ];
      return {
        relatives: await load(db, person, when),
        otherKnown: await isKnown(reads, declared.parente, asking),
      };
    }
    default:
      return { relatives: [], otherKnown: false };
  }
}
