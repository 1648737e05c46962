/** Every question that can be asked of a small register, with its answers: what must not change, or must come back. */
import { AppError } from '../../src/kernel/app-error.ts';
import type { Day } from '../../src/kernel/day.ts';
import type { Database } from '../../src/platform/db/pool.ts';
import { askAddress } from '../../src/registry/answers/ask-address.ts';
import { askFamily, askHousehold } from '../../src/registry/answers/ask-family.ts';
import { askHistory } from '../../src/registry/answers/ask-history.ts';
import { askPerson } from '../../src/registry/answers/ask-person.ts';
import type { KnownAt } from '../../src/registry/answers/known-at.ts';
import { askPopulation } from '../../src/registry/answers/population.ts';

/** Who and what may be asked about. */
export interface Subjects {
  readonly comuni: readonly string[];
  /** "036023:S1" */
  readonly entries: readonly string[];
  readonly families: readonly string[];
  readonly streets: readonly string[];
}

/** Some of everybody and everything that the register knows: at most so many of each, spread over all. */
export async function subjectsOf(db: Database, most = 8): Promise<Subjects> {
  const list = async (text: string): Promise<string[]> => {
    const names = (await db.query<{ name: string }>(text)).rows.map((r) => r.name);
    const step = Math.max(1, Math.ceil(names.length / most));
    return names.filter((_, i) => i % step === 0);
  };
  return {
    comuni: await list('select distinct comune as name from supplies order by 1'),
    entries: await list(`select comune || ':' || id_soggetto as name from register_numbers order by 1`),
    families: await list(`select comune || ':' || id_household as name from household_numbers order by 1`),
    streets: await list(
      `select distinct comune || ':' || specie || ' ' || toponimo as name from dwellings order by 1`,
    ),
  };
}

/** An answer, or the refusal that is one too: nobody of that number was known then. */
async function answer(work: Promise<unknown>): Promise<unknown> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

export type Answers = Readonly<Record<string, unknown>>;

/** Persons, families, histories, addresses and populations on each of the days, as known at an instant. */
export async function askEverything(
  db: Database,
  subjects: Subjects,
  days: readonly Day[],
  notoAl: KnownAt | null,
): Promise<Answers> {
  const found: Record<string, unknown> = {};
  for (const al of days) {
    const when = { al, notoAl };
    for (const name of subjects.entries) {
      const [comune, id_soggetto] = name.split(':') as [string, string];
      const key = { kind: 'number', comune, id_soggetto } as const;
      found[`person ${name} ${al}`] = await answer(askPerson(db, key, when));
      found[`family of ${name} ${al}`] = await answer(askFamily(db, key, when));
    }
    for (const name of subjects.families) {
      const [comune, id] = name.split(':') as [string, string];
      found[`family ${name} ${al}`] = await answer(
        askHousehold(db, { comune, tipo: id.startsWith('C') ? 'convivenza' : 'famiglia', id }, when),
      );
    }
    for (const name of subjects.streets) {
      const [comune, street] = name.split(':') as [string, string];
      found[`street ${name} ${al}`] = await answer(
        askAddress(db, { comune, street, number: null, span: { on: al }, notoAl }),
      );
    }
    for (const comune of [null, ...subjects.comuni])
      found[`population ${comune ?? ''} ${al}`] = await answer(askPopulation(db, comune, al, notoAl));
  }
  for (const name of subjects.entries) {
    const [comune, id_soggetto] = name.split(':') as [string, string];
    const key = { kind: 'number', comune, id_soggetto } as const;
    const when = { al: days.at(-1)!, notoAl };
    for (const all of [false, true])
      found[`history ${name}${all ? ' all' : ''}`] = await answer(askHistory(db, key, when, all));
  }
  return found;
}

/**
 * The answers without what is not of the world but of this register: numbers given in the order of loading, instants,
 * receipts, events. Lists whose order goes by those numbers are sorted.
 */
export function worldly(answers: Answers): Answers {
  return Object.fromEntries(
    Object.entries(answers)
      .filter(([question]) => !question.startsWith('history'))
      .map(([question, given]) => [question, plain(given)]),
  );
}

const OWN = new Set(['persona', 'noto_al', 'person_id', 'entry_id']);
const UNORDERED = new Set(['schede']);

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      // The state of a person within an answer about the family is the same question again.
      .filter(([key, one]) => !OWN.has(key) || (key === 'persona' && typeof one === 'object'))
      .map(([key, one]) => {
        const made = plain(one);
        return [
          key,
          UNORDERED.has(key) && Array.isArray(made)
            ? made.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
            : made,
        ];
      }),
  );
}
