/**
 * The commands that show persons leave a leaf each, before they answer (security.md, 25 and 26): who sits at the machine, or the user
 * of the accounts for whom it is asked (--operator), what for (--purpose, --pratica), and whom it was about.
 */
import { userInfo } from 'node:os';
import { MOST_SUBJECTS } from '../access/audit/leaf.ts';
import { type About, type Asked, withAudit } from '../access/audit/with-audit.ts';
import { checkLocally, checkPersons, findLocalOperator } from '../access/guard/local-operator.ts';
import { OPERATION_RIGHTS, type OperationId } from '../access/rights/operations.ts';
import type { Field } from '../access/rights/profiles.ts';
import { romeDay } from '../kernel/day.ts';
import { listComuniOfPersons } from '../registry/answers/person-numbers.sql.ts';
import type { EntryName } from '../registry/answers/person-state.ts';
import { listSubjects } from '../registry/review/review.sql.ts';
import { openAudit } from './audit-context.ts';
import type { AppContext } from './context.ts';
import type { AskOptions } from './options.ts';

/** What the administrator of the machine asks for, where nothing else is said: keeping the register. */
const DEFAULT_PURPOSE = 'anagrafe';

/** Whom an answer is about: P123, or an entry of theirs. */
export type Subject = string | EntryName;

/** A question as rights and audit see it, and whom its answer is about. */
export interface Question<A> {
  readonly operation: OperationId;
  /** ISTAT codes of the comuni in which all of what is asked lies; absent: it is known when it is found. */
  readonly comuni?: readonly string[];
  /** Persons that the question itself names, by their numbers: a refusal is recorded with them. */
  readonly sought?: readonly string[];
  readonly subjects: (answer: A) => readonly Subject[];
}

const WHOLE: readonly Field[] = [
  'names',
  'sex',
  'birth',
  'codiceFiscale',
  'residence',
  'address',
  'household',
  'relations',
  'civilStatus',
  'citizenship',
  'documents',
  'permits',
  'death',
];
const LISTED: readonly Field[] = ['names', 'birth', 'codiceFiscale', 'residence'];

/** What the commands show: all that there is of it, at the register's own machine. */
const FIELDS: Readonly<Partial<Record<OperationId, readonly Field[]>>> = {
  personSearch: LISTED,
  personRead: WHOLE,
  familyRead: ['names', 'sex', 'birth', 'codiceFiscale', 'address', 'household', 'relations'],
  historyRead: [...WHOLE, 'history'],
  residenceRead: ['residence', 'address'],
  relationsRead: ['names', 'birth', 'codiceFiscale', 'relations', 'death'],
  movementsRead: ['names', 'birth', 'residence'],
  addressRead: ['names', 'birth', 'codiceFiscale', 'address'],
  reconciliationList: LISTED,
  linkageDecide: WHOLE,
};

/** An entry by its own number, as over HTTP: so somebody hears who looked at any of theirs, joined or parted since (subjectsOf). */
async function numbersOf(app: AppContext, subjects: readonly Subject[]): Promise<string[]> {
  const entries = subjects.filter((s) => typeof s !== 'string');
  const named = subjects.filter((s) => typeof s === 'string');
  return [...new Set([...named, ...(await listSubjects(app.db, entries))])];
}

/**
 * Asks, or does, and gives the answer once its leaf is durable.
 * @param ask what changes the register calls `record` last in its transaction, so that no act is committed without its leaf
 * @throws AppError usage, forbidden, audit-unavailable, and what it throws
 */
export async function audited<A>(
  app: AppContext,
  options: AskOptions,
  { operation, comuni, sought = [], subjects }: Question<A>,
  ask: (operator: string, record: (answer: A) => Promise<void>) => Promise<A>,
): Promise<A> {
  const operator = await findLocalOperator(app.db, userInfo().username, options.value('operator') ?? null);
  const purpose = options.value('purpose')?.trim() || DEFAULT_PURPOSE;
  const file = options.value('pratica')?.trim() || null;
  const { kind } = OPERATION_RIGHTS[operation];
  const asked: Asked = { caller: operator.caller, operation, kind, purpose, file, sought };
  const audit = await openAudit(app);
  try {
    const released = await withAudit(audit, asked, async (record) => {
      const today = romeDay(app.now());
      const demand = { operation, purpose, file, comuni: comuni ?? 'somewhere' } as const;
      checkLocally(operator, demand, today);
      const tell = async (answer: A): Promise<About> => {
        const about = await numbersOf(app, subjects(answer));
        if (comuni === undefined && operator.holder !== null)
          checkPersons(operator, demand, await listComuniOfPersons(app.db, about), today);
        const fields = FIELDS[operation] ?? [];
        // More subjects than a leaf takes are told in leaves of their own, before the answer like the rest.
        for (let from = MOST_SUBJECTS; from < about.length; from += MOST_SUBJECTS) {
          const more = about.slice(from, from + MOST_SUBJECTS);
          const { sought: _, ...act } = asked;
          await audit.audit.append({
            ...act,
            at: app.now().toISOString(),
            subjects: more,
            fields,
            count: more.length,
            outcome: 'answered',
            reason: null,
          });
        }
        const first = about.slice(0, MOST_SUBJECTS);
        return { subjects: first, fields, count: first.length };
      };
      let told = null as About | null;
      const answer = await ask(operator.caller.user ?? 'cli', async (given) => {
        told = await tell(given);
        await record(told);
      });
      return { answer, ...(told ?? (await tell(answer))) };
    });
    return released.answer;
  } finally {
    await audit.close();
  }
}
