/**
 * What every look at a person has in common (services.md, Lookup): the two times, the territory of the profile, the fields that it needs, and one answer for
 * whoever is not there and whoever is elsewhere.
 */
import type { z } from 'zod';
import { type Granted, type GuardContext, guarded } from '../../access/guard/guard.ts';
import { NotAllowed } from '../../access/rights/authorise.ts';
import type { Field } from '../../access/rights/profiles.ts';
import { AppError } from '../../kernel/app-error.ts';
import { type Day, day, romeDay } from '../../kernel/day.ts';
import type { Client } from '../../platform/db/pool.ts';
import type { Operation, Route } from '../../platform/http/operation.ts';
import type { When } from '../../registry/answers/ask-person.ts';
import { AmbiguousPerson } from '../../registry/answers/find-person.ts';
import { parseKnownAt } from '../../registry/answers/known-at.ts';
import type { LoadNow } from '../../registry/answers/now.sql.ts';
import { type PersonKey, parsePersonKey } from '../../registry/answers/person-key.ts';
import type { EntryName } from '../../registry/answers/person-state.ts';
import { entryKey, listShielded } from '../../registry/answers/protected.sql.ts';
import type { Rhythms } from './rhythms.ts';

export interface LookupContext extends GuardContext {
  readonly db: Client;
  /** What is known now, read for several who ask at once. */
  readonly load: LoadNow;
  /** The ISTAT code of a comune by its name of today, as a clerk writes it; null where there is none. */
  comuneCode(name: string): string | null;
}

/** What a look has at hand. */
export interface Looking {
  readonly db: Client;
  readonly load: LoadNow;
  readonly when: When;
  readonly granted: Granted;
  readonly fields: ReadonlySet<Field>;
  readonly rhythms: Rhythms;
  readonly today: Day;
}

interface Timed {
  readonly al?: string | undefined;
  readonly noto_al?: string | undefined;
}

export const lookingAt = (
  context: LookupContext,
  rhythms: Rhythms,
  granted: Granted,
  { al, noto_al }: Timed,
): Looking => {
  const today = romeDay(context.now());
  return {
    db: context.db,
    load: context.load,
    when: {
      al: al === undefined ? today : day(al),
      notoAl: noto_al === undefined ? null : parseKnownAt(noto_al),
    },
    granted,
    fields: granted.fields,
    rhythms,
    today,
  };
};

/** Who is outside the profile's territory is, to it, nobody: the answer does not tell that they exist. */
export const nobody = (): AppError =>
  new AppError(
    'not-found',
    'nessuno risponde ai dati indicati, nel territorio di questo profilo',
    'nobody answers to the data given, in the territory of this profile',
  );

/** The same words for who is not there at all. */
export async function orNobody<T>(asking: Promise<T>): Promise<T> {
  try {
    return await asking;
  } catch (error) {
    throw error instanceof AppError && error.code === 'not-found' ? nobody() : error;
  }
}

/** Refuses where the profile does not read what the question is about, whatever is held. @throws NotAllowed */
export function needs({ fields }: Looking, ...needed: readonly Field[]): void {
  if (needed.some((field) => !fields.has(field))) throw new NotAllowed('fields');
}

/** @throws AppError not-found, where the profile's territory does not hold the person */
export function inTerritory({ granted }: Looking, persona: string, parla: EntryName | null): void {
  if (!granted.mayIn(parla === null ? [] : [parla.comune], persona)) throw nobody();
}

/** May the address of somebody be told (control 23)? @param protetto whether some register protects them */
export const mayReadAddress = ({ fields }: Looking, protetto: boolean): boolean =>
  fields.has('address') && (!protetto || fields.has('protectedAddress'));

/** What hides somebody's address now. */
export interface Shields {
  /** Some register protects them. */
  isProtected(entry: EntryName): boolean;
  /** They are protected, or live with somebody who is. */
  isHidden(entry: EntryName): boolean;
}

/** Of the entries, who is protected now, also where the question is as known before that; nobody for who may read protected addresses. */
export async function shieldsOf({ db, fields }: Looking, entries: readonly EntryName[]): Promise<Shields> {
  const found = fields.has('protectedAddress') ? new Map() : await listShielded(db, entries);
  return {
    isProtected: (entry) => found.get(entryKey(entry)) === 'own',
    isHidden: (entry) => found.has(entryKey(entry)),
  };
}

/** What leaves, with what the audit must know of it. */
export interface Answered<Answer> {
  readonly answer: Answer;
  readonly subjects: readonly string[];
  readonly count: number;
}

export const given = ({ fields }: Looking): readonly string[] => [...fields].sort();

type OfPerson = z.ZodType<{ readonly persona: string } & Timed>;

/**
 * The route of an operation about one person.
 * @param needed fields without which there is nothing to answer
 * @param read answers of the person of the key; it sees to the territory (`inTerritory`)
 */
export function personRoute<Op extends Operation<OfPerson>>(
  context: LookupContext,
  rhythms: Rhythms,
  operation: Op,
  needed: readonly Field[],
  read: (
    looking: Looking,
    key: PersonKey,
    body: z.output<NonNullable<Op['body']>>,
  ) => Promise<Answered<z.input<Op['answer']>>>,
): Route {
  return guarded(context, {
    operation,
    sought: (body) => [body.persona],
    async look(body, granted) {
      const looking = lookingAt(context, rhythms, granted, body);
      needs(looking, ...needed);
      const answered = await ofPerson(looking, body.persona, (key) => read(looking, key, body));
      return { ...answered, fields: given(looking) };
    },
  });
}

/** Reads the one person of the territory who bears the key. @throws AppError not-found; ambiguous, where several of the territory do */
export async function ofPerson<T>(
  { granted }: Looking,
  persona: string,
  read: (key: PersonKey) => Promise<T>,
): Promise<T> {
  const key = parsePersonKey([persona]);
  if (key === null) throw nobody();
  try {
    return await orNobody(read(key));
  } catch (error) {
    if (!(error instanceof AmbiguousPerson)) throw error;
    // Several bear it: those outside the territory are nobody, and are not counted.
    const inside = error.candidates.filter(({ persona: one, schede }) =>
      schede.some((entry) => granted.mayIn([entry.slice(0, 6)], one)),
    );
    const [only, another] = inside;
    const own = only === undefined ? null : parsePersonKey([only.persona]);
    if (own === null) throw nobody();
    if (another === undefined) return orNobody(read(own));
    throw new AppError(
      'ambiguous',
      `${inside.length} persone rispondono ai dati indicati: cercarle, e ripetere con l’identificativo provinciale`,
      `${inside.length} persons answer to the data given: search for them, and ask again with the provincial identifier`,
    );
  }
}
