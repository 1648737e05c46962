/**
 * Verification of declarations about one person (services.md): finds the person, loads what the matters ask for, and judges. The caller's right, the
 * purpose and the audit stand before it; what comes back holds no data of the register.
 */
import { AppError } from '../../kernel/app-error.ts';
import type { Client } from '../../platform/db/pool.ts';
import type { When } from '../../registry/answers/ask-person.ts';
import type { PersonFacts } from '../../registry/answers/facts.ts';
import { loadHousehold } from '../../registry/answers/family.sql.ts';
import { familyState } from '../../registry/answers/family.ts';
import { type FoundPerson, findPersons } from '../../registry/answers/find-person.ts';
import { getKnownAt } from '../../registry/answers/known-at.sql.ts';
import type { KnownAt } from '../../registry/answers/known-at.ts';
import type { PersonKey } from '../../registry/answers/person-key.ts';
import { type PersonState, personState } from '../../registry/answers/person-state.ts';
import { homesOn } from '../../registry/answers/residence.ts';
import { said, speakers } from '../../registry/answers/speaking.ts';
import { loadSurroundings } from '../../registry/answers/surroundings.sql.ts';
import type { Declaration, NamedPerson } from './declaration.ts';
import { type Evidence, type Relative, VERIFICATION_POLICY, type VerificationPolicy } from './evidence.ts';
import { knownPerson } from './known-persons.ts';
import { loadQuality } from './quality.sql.ts';
import { loadAscendants, loadDescendants, loadSpouse, loadSpouses } from './relatives.ts';
import { unsure, type Verdict, verdictOf } from './verdict.ts';
import { verify } from './verify.ts';

export interface VerificationRequest {
  /** Whom the declaration is about. */
  readonly persona: NamedPerson;
  readonly dichiarazioni: readonly Declaration[];
  readonly when: When;
  readonly mayReadProtected: boolean;
  readonly policy?: VerificationPolicy;
  /** Does the caller's territory hold the person? Who is outside is, to the caller, nobody; everybody is inside where absent. */
  readonly inside?: (comune: string | null, persona: string) => boolean;
}

export interface VerificationAnswer {
  /** The person judged, for the audit alone; null where nobody was found. */
  readonly soggetto: string | null;
  /** The instant as known at which it was judged. */
  readonly noto_al: KnownAt;
  /** The day at whose end the speaking comune's last supply was true; null where nobody was found. */
  readonly situazione_al: string | null;
  /** One verdict a declaration, in their order. */
  readonly esiti: readonly Verdict[];
}

/** @throws AppError usage, for a reference day that lies in the future */
export async function verifyDeclarations(
  db: Client,
  request: VerificationRequest,
  today: string,
): Promise<VerificationAnswer> {
  const { when, dichiarazioni } = request;
  if (when.al > today)
    throw new AppError(
      'usage',
      `la data di riferimento ${when.al} è nel futuro: si verifica ciò che è vero oggi o lo era`,
      `the reference day ${when.al} lies in the future: what is or was true can be verified`,
    );
  const found = (await findNamed(db, request.persona, when)).filter(({ person }) =>
    isInside(person, request),
  );
  const [only] = found;
  if (only === undefined || found.length > 1) {
    const why = only === undefined ? 'persona_non_trovata' : 'persona_ambigua';
    const verdict = verdictOf([unsure('persona', why)]);
    const noto_al = await getKnownAt(db, when.notoAl);
    return { soggetto: null, noto_al, situazione_al: null, esiti: dichiarazioni.map(() => verdict) };
  }
  const evidence = await loadEvidence(db, only, request);
  return {
    soggetto: evidence.state.persona,
    noto_al: only.knownAt,
    situazione_al: evidence.quality.situazioneAl,
    esiti: await Promise.all(
      dichiarazioni.map(async (declared) =>
        verify(
          declared,
          { ...evidence, ...(await loadOthers(db, only, evidence.state, declared, when)) },
          request.policy ?? VERIFICATION_POLICY,
        ),
      ),
    ),
  };
}

const isInside = ({ personId, entries }: PersonFacts, { when, inside }: VerificationRequest): boolean =>
  inside?.(speakers(entries, when.al)[0]?.comune ?? null, `P${personId}`) ?? true;

/** The persons whom the name leads to: by code; where it leads to nobody, or none was given, by names and birth. */
async function findNamed(db: Client, named: NamedPerson, when: When): Promise<readonly FoundPerson[]> {
  const keys: PersonKey[] = [];
  if (named.codice_fiscale !== undefined) keys.push({ kind: 'code', codice_fiscale: named.codice_fiscale });
  else if (named.cognome !== undefined && named.nome !== undefined)
    keys.push({ kind: 'name', surname: named.cognome, given: named.nome, birth: named.data_nascita ?? null });
  for (const key of keys) {
    const found = await findPersons(db, key, when.notoAl);
    if (found.length > 0) return found;
  }
  return [];
}

async function loadEvidence(
  db: Client,
  found: FoundPerson,
  { when, mayReadProtected }: VerificationRequest,
): Promise<Evidence> {
  const { person, knownAt } = found;
  const entries = speakers(person.entries, when.al);
  const [home] = homesOn(entries, when.al);
  const householdId =
    home === undefined ? undefined : said([home.entry], (e) => e.memberships, when.al)?.fact?.household_id;
  const around = await loadSurroundings(db, person, when.al, knownAt);
  const household = householdId === undefined ? null : await loadHousehold(db, householdId, when.al, knownAt);
  const family = household === null ? null : familyState(household, when.al, knownAt);
  const quality = await loadQuality(db, person.entries, knownAt);
  const state = personState(person, when.al, knownAt, around);
  const own = new Set(person.entries.map(({ entryId }) => entryId));
  const members = (family?.componenti ?? []).flatMap(({ id_soggetto }) => {
    const entry = household?.members.find((member) => member.idSoggetto === id_soggetto);
    if (entry === undefined) return [];
    return [
      knownPerson(
        own.has(entry.entryId) ? state.persona : `${entry.comune}:${id_soggetto}`,
        [entry],
        when.al,
      ),
    ];
  });
  return {
    al: when.al,
    state,
    entries,
    self: knownPerson(state.persona, person.entries, when.al),
    family,
    members,
    relatives: [],
    quality: {
      situazioneAl: state.parla === null ? null : (quality.situations.get(state.parla.comune) ?? null),
      setAside: quality.setAside,
      findings: quality.findings,
    },
    renamings: quality.renamings,
    mayReadProtected,
    otherKnown: false,
  };
}

/** The relatives that a matter asks for, and whether the one named is known at all. */
async function loadOthers(
  db: Client,
  found: FoundPerson,
  state: PersonState,
  declared: Declaration,
  when: When,
): Promise<{ readonly relatives: readonly Relative[]; readonly otherKnown: boolean }> {
  const known = async (named: NamedPerson) => (await findNamed(db, named, when)).length > 0;
  switch (declared.oggetto) {
    case 'stato_civile':
      return {
        relatives: declared.coniuge === undefined ? [] : await loadSpouse(db, state, when),
        otherKnown: false,
      };
    case 'nascita_figlio':
      return { relatives: await loadDescendants(db, found, when), otherKnown: await known(declared.figlio) };
    case 'decesso_familiare': {
      const load = { coniuge: loadSpouses, ascendente: loadAscendants, discendente: loadDescendants }[
        declared.relazione
      ];
      return { relatives: await load(db, found, when), otherKnown: await known(declared.parente) };
    }
    default:
      return { relatives: [], otherKnown: false };
  }
}
