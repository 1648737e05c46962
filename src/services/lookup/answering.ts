/**
 * Of the persons that a search leads to, those who answer: in the territory, on the day, and not hidden from who asks; with the lines of the short list
 * (services.md, Lookup).
 */
import type { Day } from '../../kernel/day.ts';
import type { Client } from '../../platform/db/pool.ts';
import type { When } from '../../registry/answers/ask-person.ts';
import { loadPersons } from '../../registry/answers/facts.sql.ts';
import { ENTRY_TABLES, type EntryTable, type PersonFacts } from '../../registry/answers/facts.ts';
import { type HitsNow, loadHitsNow } from '../../registry/answers/hits-now.sql.ts';
import { getKnownAt } from '../../registry/answers/known-at.sql.ts';
import type { KnownAt } from '../../registry/answers/known-at.ts';
import { evidenceNow, knownNow, NowParts, personsNow } from '../../registry/answers/now.ts';
import { entryName } from '../../registry/answers/person-state.ts';
import { entryKey, listShielded } from '../../registry/answers/protected.sql.ts';
import { speakers } from '../../registry/answers/speaking.ts';
import { listMended, loadTransferEvidence } from '../../registry/answers/surroundings.sql.ts';
import type { TransferEvidence } from '../../registry/answers/transfers.ts';
import { type FoundBy, inListOrder, isPresent, type ListedPerson, listed } from './match.ts';
import type { Question, SearchOptions } from './question.ts';
import type { FoundNumber } from './search.sql.ts';
import type { Likeness } from './similar.ts';

export interface SearchRequest {
  readonly question: Question;
  readonly options: SearchOptions;
  readonly when: When;
  /** The profile's cap of names (services.md: 10 by default). */
  readonly cap: number;
  /** Does the profile's territory hold somebody? Who is outside is neither listed nor counted; everybody is inside where absent. */
  readonly inside?: (comune: string | null, persona: string) => boolean;
  /** May the address of who is protected be told? Otherwise no search by address or by household finds them; true where absent. */
  readonly mayReadProtected?: boolean;
  /** What of a line who asks is shown: the list is ordered by that alone; all of it where absent. */
  readonly seen?: (person: ListedPerson) => Partial<ListedPerson>;
}

/** The order in which the answer to a request is listed. */
export const orderOf = ({ seen }: SearchRequest) => inListOrder(seen ?? ((person) => person));

export interface SearchAnswer {
  readonly noto_al: KnownAt;
  /** How many persons answer; of many, at least so many. */
  readonly numero: number;
  readonly almeno: boolean;
  /** Of similar names: others, less similar, that are counted and not listed. */
  readonly meno_simili?: number;
  /** Of similar names: how many steps away the nearest is. */
  readonly passi?: number;
  /** null: more than the cap, so no names. */
  readonly persone: readonly ListedPerson[] | null;
}

/** What tells whether somebody answers, and is there on the day; the rest is read of those who are listed. */
const TELLING: readonly EntryTable[] = ['identities', 'registrations', 'deaths', 'protections'];
const tellingOf = ({ per }: Question): readonly EntryTable[] =>
  per === 'indirizzo' ? [...TELLING, 'dwellings'] : per === 'documento' ? [...TELLING, 'documents'] : TELLING;

/** How somebody answers. */
interface Answers extends Partial<Likeness> {
  readonly by: FoundBy;
}

/** Who asks by a number that names one person means them, dead or gone as they may be. */
const isExact = ({ per }: Question): boolean =>
  per === 'codice_fiscale' || per === 'identificativo' || per === 'documento';

/** Who is found so lives there. */
const tellsHome = ({ per }: Question): boolean => per === 'indirizzo' || per === 'famiglia';
const NOBODY: ReadonlyMap<string, unknown> = new Map();

export interface Answering {
  readonly person: PersonFacts;
  readonly answers: Answers;
}
export interface Found {
  readonly noto_al: KnownAt;
  readonly persons: readonly Answering[];
  /** Some of them as they are listed, in their order. */
  list(some: readonly Answering[]): Promise<ListedPerson[]>;
}

/** Persons with what is told of them. */
interface Loaded {
  readonly noto_al: KnownAt;
  readonly persons: readonly PersonFacts[];
  readonly evidence: TransferEvidence;
  /** Those of some persons, with every fact; and which of their entries are being mended. */
  whole(ids: ReadonlySet<number>): Promise<{
    readonly persons: readonly PersonFacts[];
    readonly mended: ReadonlySet<number>;
  }>;
}

/** What a line of the list is made of, the flag of uncertain dates included; no line tells of families, parents or documents. */
const LISTED: readonly EntryTable[] = [
  'identities',
  'registrations',
  'deaths',
  'protections',
  'civil_statuses',
  'citizenships',
];
const listedOf = ({ per }: Question): readonly EntryTable[] =>
  per === 'documento' ? [...LISTED, 'documents'] : LISTED;

/** What tells who answers, before anybody is listed: an address needs no names. */
const countedOf = ({ per }: Question): readonly EntryTable[] =>
  per === 'indirizzo'
    ? ['registrations', 'deaths', 'dwellings']
    : ['identities', 'registrations', 'deaths', ...(per === 'documento' ? (['documents'] as const) : [])];

/** As held now, with all that a list shows, in one round trip; null where more persons are found. */
export async function loadFew(
  db: Client,
  question: Question,
  hits: HitsNow,
  al: Day,
  most: number,
): Promise<Loaded | null> {
  const reading = { tables: listedOf(question), doubts: true, most: most + 1 };
  const parts = new NowParts(await loadHitsNow(db, hits, al, reading));
  const found = personsNow(parts);
  if (found.length > most) return null;
  const persons = found.map(({ person }) => person);
  return {
    noto_al: found[0]?.knownAt ?? knownNow(parts),
    persons,
    evidence: evidenceNow(parts),
    whole: async (ids) => ({
      persons: persons.filter(({ personId }) => ids.has(personId)),
      mended: parts.numbers('doubt'),
    }),
  };
}

/**
 * As held now, with no more than tells who answers; those who are listed are read in a second round trip. There are many more who once lived at an address
 * than a list holds.
 * @param most persons; one more is brought, to tell that there are more
 */
export async function loadMany(
  db: Client,
  question: Question,
  hits: HitsNow,
  al: Day,
  most: number,
): Promise<Loaded> {
  const reading = { tables: countedOf(question), doubts: false, most: most + 1 };
  const parts = new NowParts(await loadHitsNow(db, hits, al, reading));
  const found = personsNow(parts);
  return {
    noto_al: found[0]?.knownAt ?? knownNow(parts),
    persons: found.map(({ person }) => person),
    evidence: evidenceNow(parts),
    async whole(ids) {
      const own = {
        name: 'entries',
        text: 'select unnest($2::bigint[]) as entry_id',
        values: [
          found.filter(({ person }) => ids.has(person.personId)).map(({ numbers }) => numbers[0]!.entry_id),
        ],
      };
      const listed = { tables: LISTED, doubts: true, most: most + 1 };
      const whole = new NowParts(await loadHitsNow(db, own, al, listed));
      return { persons: personsNow(whole).map(({ person }) => person), mended: whole.numbers('doubt') };
    },
  };
}

async function loadNumbers(
  db: Client,
  { question, when, cap }: SearchRequest,
  numbers: readonly FoundNumber[],
): Promise<Loaded> {
  const noto_al = numbers[0]?.known_at ?? (await getKnownAt(db, when.notoAl));
  const few = new Set(numbers.map((n) => n.person_id)).size <= cap;
  const persons = await loadPersons(db, numbers, noto_al, few ? ENTRY_TABLES : tellingOf(question));
  return {
    noto_al,
    persons,
    evidence: await loadTransferEvidence(db, persons, noto_al),
    async whole(ids) {
      const own = few
        ? persons.filter(({ personId }) => ids.has(personId))
        : await loadPersons(
            db,
            numbers.filter((n) => ids.has(n.person_id)),
            noto_al,
          );
      const entries = own.flatMap((person) => person.entries);
      return { persons: own, mended: await listMended(db, entries, noto_al) };
    },
  };
}

/** Those of the persons who answer, lie in the territory, and are there on the day or were asked for. */
export async function answering(
  db: Client,
  request: SearchRequest,
  numbers: readonly FoundNumber[],
  answersOf: (person: PersonFacts) => Answers | null,
): Promise<Found> {
  return answeringOf(db, request, await loadNumbers(db, request, numbers), answersOf);
}

export async function answeringOf(
  db: Client,
  { question, options, when, inside, mayReadProtected = true }: SearchRequest,
  { noto_al, persons, evidence, whole }: Loaded,
  answersOf: (person: PersonFacts) => Answers | null,
): Promise<Found> {
  const entries = persons.flatMap((person) => person.entries.map(entryName));
  const shielded = mayReadProtected || !tellsHome(question) ? NOBODY : await listShielded(db, entries);
  const found = persons.flatMap((person): Answering[] => {
    if (person.entries.some((entry) => shielded.has(entryKey(entryName(entry))))) return [];
    const answers = answersOf(person);
    const speaks = speakers(person.entries, when.al)[0]?.comune ?? null;
    if (answers === null || inside?.(speaks, `P${person.personId}`) === false) return [];
    const line = listed(person, when.al, noto_al, answers.by, null, { evidence, isMended: false });
    return options.anche_passati || isPresent(line) || isExact(question) ? [{ person, answers }] : [];
  });
  return {
    noto_al,
    persons: found,
    async list(some) {
      if (some.length === 0) return [];
      const { persons: own, mended } = await whole(new Set(some.map(({ person }) => person.personId)));
      const byId = new Map(own.map((person) => [person.personId, person]));
      return some.map(({ person: { personId }, answers }) => {
        const person = byId.get(personId)!;
        const isMended = person.entries.some(({ entryId }) => mended.has(entryId));
        return listed(person, when.al, noto_al, answers.by, answers.words ?? null, { evidence, isMended });
      });
    },
  };
}
