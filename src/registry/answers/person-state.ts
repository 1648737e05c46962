/**
 * state(person, d, k): everything the register says of one person on a day (registry.md). Pure: the facts as known at k
 * come in, with what they point to. The answer bears the names of the tracciato, so that it can be read beside a supply.
 */
import { completedYears, type Day, firstDay, lastDay, type PartialDate } from '../../kernel/day.ts';
import type { Certainty } from './certainty.ts';
import { holdsByFirstDays } from './certainty.ts';
import type { DeathFact, EntryFacts, IdentityFact, MembershipFact, PersonFacts } from './facts.ts';
import { type Kinship, kinship } from './kinship.ts';
import type { KnownAt } from './known-at.ts';
import { homesOn, type MovesAnswer, movesOn, type ResidenceAnswer, residenceOn } from './residence.ts';
import { said, speakers } from './speaking.ts';
import { NO_EVIDENCE, type TransferEvidence } from './transfers.ts';

/** An entry as its register numbers it. */
export interface EntryName {
  readonly comune: string;
  readonly id_soggetto: string;
}

/** Somebody named by somebody else: by code, by number, or by both, as far as they are known. */
export interface RelatedPerson {
  readonly codice_fiscale: string | null;
  readonly comune?: string;
  readonly id_soggetto?: string;
  readonly cognome?: string | null;
  readonly nome?: string | null;
}

export interface IdentityAnswer {
  readonly codice_fiscale: string | null;
  readonly validita_cf: string | null;
  readonly cognome: string | null;
  readonly nome: string | null;
  readonly sesso: string;
  readonly data_nascita: PartialDate;
  readonly comune_nascita: string | null;
  readonly stato_nascita: string | null;
  readonly localita_nascita: string | null;
  readonly atto_nascita: string | null;
  /** Completed years on the day, where every reading of the birth date agrees; null otherwise, and for the dead. */
  readonly eta: number | null;
  readonly scheda: EntryName;
}

export interface HouseholdName {
  readonly comune: string;
  readonly tipo: 'famiglia' | 'convivenza';
  readonly id: string;
}

/** The household of somebody, with the kinship to who heads it (kinship.ts). */
export interface FamilyTie extends HouseholdName, Kinship {
  readonly certezza: Certainty;
}

export interface PersonState {
  /** The provincial identifier: P and the number of the person's first entry. */
  readonly persona: string;
  readonly al: Day;
  readonly noto_al: KnownAt;
  readonly schede: readonly EntryName[];
  /** Whose word holds first on the day. */
  readonly parla: EntryName | null;
  readonly generalita: IdentityAnswer | null;
  readonly residenza: ResidenceAnswer;
  readonly famiglia: FamilyTie | null;
  readonly stato_civile: {
    readonly stato_civile: string;
    readonly dal: PartialDate;
    readonly certezza: Certainty;
    /** Only while it binds (T1 2 and 6). */
    readonly cf_coniuge?: string | null;
    readonly coniuge?: RelatedPerson | null;
  } | null;
  readonly cittadinanza: {
    readonly cittadinanza: string;
    readonly altra_cittadinanza: string | null;
    readonly dal: PartialDate;
    readonly certezza: Certainty;
  } | null;
  readonly genitori: { readonly padre: RelatedPerson | null; readonly madre: RelatedPerson | null };
  readonly decesso: {
    readonly data: PartialDate;
    readonly comune: string | null;
    readonly stato: string | null;
    readonly certezza: Certainty;
    readonly scheda: EntryName;
  } | null;
  readonly documento: {
    readonly tipo: string | null;
    readonly numero: string | null;
    readonly rilascio: string | null;
    readonly scadenza: string | null;
  } | null;
  readonly soggiorno: { readonly tipo: string | null; readonly scadenza: string | null } | null;
  /** As declared, never certified (tracciato.md 2). */
  readonly dichiarati: {
    readonly titolo_studio: string | null;
    readonly posizione_professionale: string | null;
    readonly condizione_non_professionale: string | null;
  } | null;
  readonly segnali: MovesAnswer & {
    readonly protetto: boolean;
    readonly data_incerta: boolean;
    /** Dead in one register and resident in another on a later day (registry.md, Who speaks). */
    readonly in_conflitto: boolean;
    /** Something of the person was set aside and has not come right, or a finding of the reconciliation is open. */
    readonly in_correzione: boolean;
    /** The day that the supplies of the comune that speaks have come to; null where that is not known. */
    readonly situazione_al: Day | null;
  };
}

/** What the facts of a person point to, resolved by the loader. */
export interface Surroundings {
  /** Somebody by the number of their entry ("036023:S1") or by codice fiscale. */
  person(key: string): RelatedPerson | undefined;
  household(householdId: number): HouseholdName | undefined;
  /** Is somebody named who heads the household on the day? Asked of the person's own. */
  isHeaded(householdId: number): boolean;
  /** Is something of the person being mended (doubts.sql.ts)? */
  readonly isMended: boolean;
  readonly evidence: TransferEvidence;
}

export const NO_SURROUNDINGS: Surroundings = {
  person: () => undefined,
  household: () => undefined,
  isHeaded: () => true,
  isMended: false,
  evidence: NO_EVIDENCE,
};

export const entryName = (e: EntryFacts): EntryName => ({ comune: e.comune, id_soggetto: e.idSoggetto });

/** T1 codes of who has a spouse or a partner. */
const BOUND = new Set(['2', '6']);

/** Completed years where all readings of a partial birth date agree (registry.md: "age is given only where it is certain"). */
export function certainAge(birth: PartialDate, on: Day): number | null {
  if (lastDay(birth) > on) return null;
  const oldest = completedYears(firstDay(birth), on);
  return oldest === completedYears(lastDay(birth), on) ? oldest : null;
}

/** What the entries say of the identity on the day; before anybody says anything, the first thing that is said. */
export function identityOn(
  inOrder: readonly EntryFacts[],
  d: Day,
): { readonly fact: IdentityFact; readonly entry: EntryFacts; readonly certezza: Certainty } | null {
  const answer = said(inOrder, (e) => e.identities, d);
  if (answer?.fact != null) return { fact: answer.fact, entry: answer.entry, certezza: answer.certezza };
  let first: { fact: IdentityFact; entry: EntryFacts } | null = null;
  for (const entry of inOrder) {
    const [fact] = entry.identities;
    if (fact !== undefined && (first === null || firstDay(fact.from) < firstDay(first.fact.from)))
      first = { fact, entry };
  }
  return first === null ? null : { ...first, certezza: 'certa' };
}

/** The death that some entry tells of, by the day. */
export function deathOn(
  inOrder: readonly EntryFacts[],
  d: Day,
): { readonly fact: DeathFact; readonly entry: EntryFacts; readonly certezza: Certainty } | null {
  for (const entry of inOrder) {
    const fact = entry.deaths.find((death) => firstDay(death.from) <= d);
    if (fact !== undefined) return { fact, entry, certezza: lastDay(fact.from) <= d ? 'certa' : 'possibile' };
  }
  return null;
}

/** Somebody named by number, by code, or by both: the code as written goes before the one that the number leads to. */
function related(
  comune: string,
  id: string | null,
  code: string | null,
  around: Surroundings,
): RelatedPerson | null {
  if (id === null && code === null) return null;
  const byNumber = id === null ? undefined : around.person(`${comune}:${id}`);
  const found = byNumber ?? (code === null ? undefined : around.person(code));
  return {
    ...found,
    codice_fiscale: code ?? found?.codice_fiscale ?? null,
    ...(id === null ? {} : { comune, id_soggetto: id }),
  };
}

function identityAnswer(inOrder: readonly EntryFacts[], d: Day, dead: boolean): IdentityAnswer | null {
  const found = identityOn(inOrder, d);
  if (found === null) return null;
  const f = found.fact;
  return {
    codice_fiscale: f.codice_fiscale,
    validita_cf: f.validita_cf,
    cognome: f.cognome,
    nome: f.nome,
    sesso: f.sesso,
    data_nascita: f.birth_text,
    comune_nascita: f.comune_nascita,
    stato_nascita: f.stato_nascita,
    localita_nascita: f.localita_nascita,
    atto_nascita: f.atto_nascita,
    eta: dead ? null : certainAge(f.birth_text, d),
    scheda: entryName(found.entry),
  };
}

function civilStatusAnswer(
  inOrder: readonly EntryFacts[],
  d: Day,
  around: Surroundings,
): PersonState['stato_civile'] {
  const answer = said(inOrder, (e) => e.civil_statuses, d);
  if (answer?.fact == null) return null;
  const { fact, entry, certezza } = answer;
  const base = { stato_civile: fact.stato_civile, dal: fact.from, certezza };
  if (!BOUND.has(fact.stato_civile)) return base;
  const coniuge = related(entry.comune, fact.id_coniuge, fact.cf_coniuge, around);
  return { ...base, cf_coniuge: coniuge?.codice_fiscale ?? null, coniuge };
}

/** The membership of the day: the word of the entry that is resident. */
export function tieOn(
  inOrder: readonly EntryFacts[],
  d: Day,
): { readonly fact: MembershipFact; readonly certezza: Certainty } | null {
  const [home] = homesOn(inOrder, d);
  const answer = home === undefined ? null : said([home.entry], (e) => e.memberships, d);
  return answer?.fact == null ? null : { fact: answer.fact, certezza: answer.certezza };
}

function householdAnswer(
  inOrder: readonly EntryFacts[],
  d: Day,
  around: Surroundings,
): PersonState['famiglia'] {
  const tie = tieOn(inOrder, d);
  if (tie === null) return null;
  const { household_id, relazione } = tie.fact;
  const household = around.household(household_id);
  if (household === undefined) return null;
  const headed = household.tipo === 'convivenza' || around.isHeaded(household_id);
  return { ...household, ...kinship(relazione, headed), certezza: tie.certezza };
}

const isProtected = (entries: readonly EntryFacts[], d: Day): boolean =>
  entries.some((e) => e.protections.some((p) => p.protetto && (p.to === null || holdsByFirstDays(p, d))));

/** Is some date that bears on the day known only in part? */
function uncertain(parts: readonly ({ readonly certezza: Certainty } | null)[]): boolean {
  return parts.some((p) => p?.certezza === 'possibile');
}

/** What the register says of the person on day `d`; the facts are those known at `knownAt`. */
export function personState(
  person: PersonFacts,
  d: Day,
  knownAt: KnownAt,
  around: Surroundings = NO_SURROUNDINGS,
): PersonState {
  const inOrder = speakers(person.entries, d);
  const death = deathOn(inOrder, d);
  const residenza = residenceOn(inOrder, d);
  const inConflict = death?.certezza === 'certa' && residenza.residente && residenza.certezza === 'certa';
  const dead = death?.certezza === 'certa' && !inConflict;
  const statoCivile = dead ? null : civilStatusAnswer(inOrder, d, around);
  const citizenship = said(inOrder, (e) => e.citizenships, d);
  const parents = said(inOrder, (e) => e.parents, d);
  const document = said(inOrder, (e) => e.documents, d)?.fact ?? null;
  const permit = said(inOrder, (e) => e.permits, d)?.fact ?? null;
  const declared = said(inOrder, (e) => e.declarations, d)?.fact ?? null;
  const famiglia = householdAnswer(inOrder, d, around);
  const cittadinanza =
    citizenship?.fact == null
      ? null
      : {
          cittadinanza: citizenship.fact.stato,
          altra_cittadinanza: citizenship.fact.altra,
          dal: citizenship.fact.from,
          certezza: citizenship.certezza,
        };
  const decesso =
    death === null
      ? null
      : {
          data: death.fact.from,
          comune: death.fact.comune_morte,
          stato: death.fact.stato_morte,
          certezza: death.certezza,
          scheda: entryName(death.entry),
        };
  return {
    persona: `P${person.personId}`,
    al: d,
    noto_al: knownAt,
    schede: inOrder.map(entryName),
    parla: inOrder[0] === undefined ? null : entryName(inOrder[0]),
    generalita: identityAnswer(inOrder, d, dead),
    residenza,
    famiglia,
    stato_civile: statoCivile,
    cittadinanza,
    genitori: {
      padre:
        parents?.fact == null
          ? null
          : related(parents.entry.comune, parents.fact.id_padre, parents.fact.cf_padre, around),
      madre:
        parents?.fact == null
          ? null
          : related(parents.entry.comune, parents.fact.id_madre, parents.fact.cf_madre, around),
    },
    decesso,
    documento:
      document === null
        ? null
        : {
            tipo: document.tipo,
            numero: document.numero,
            rilascio: document.rilascio,
            scadenza: document.scadenza,
          },
    soggiorno: permit === null ? null : { tipo: permit.tipo, scadenza: permit.scadenza },
    dichiarati:
      declared === null
        ? null
        : {
            titolo_studio: declared.titolo_studio,
            posizione_professionale: declared.posizione_professionale,
            condizione_non_professionale: declared.condizione_non_professionale,
          },
    segnali: {
      ...movesOn(inOrder, around.evidence, d),
      protetto: isProtected(person.entries, d),
      data_incerta: uncertain([residenza, statoCivile, cittadinanza, famiglia, decesso]),
      in_conflitto: inConflict,
      in_correzione: around.isMended,
      situazione_al: around.evidence.situations.get(inOrder[0]?.comune ?? '') ?? null,
    },
  };
}
