/**
 * The one way to an answer (security.md, controls 25 and 26): who looks gets a `Released`, which nothing else can make, and it is
 * made after the leaf is durable. What hands answers out (the server, the command line) takes a `Released` and nothing else.
 */
import { AppError } from '../../kernel/app-error.ts';
import { NotAllowed } from '../rights/authorise.ts';
import type { AuditLog, NewEntry, Placed } from './append.service.ts';
import { type Act, MOST_SUBJECTS } from './leaf.ts';

export interface AuditContext {
  readonly audit: Pick<AuditLog, 'append'>;
  now(): Date;
}

/** What was found, with what the audit must know of it. */
export interface Look<A> {
  readonly answer: A;
  /** Whom it is about, by their own names (P123). */
  readonly subjects: readonly string[];
  /** The fields that the answer gives. */
  readonly fields: readonly string[];
  /** Persons or rows in the answer. */
  readonly count: number;
  /** Who asked, where only the answer told it: a sign-in that names nobody. */
  readonly user?: string;
}

/** What is asked, and of whom, where the question names persons: a refusal is recorded with them. */
export interface Asked extends Act {
  readonly sought: readonly string[];
}

let release: <A>(answer: A, leaf: Placed) => Released<A>;

/** An answer whose leaf is durable. */
export class Released<A> {
  readonly #answer: A;
  readonly #leaf: Placed;

  private constructor(answer: A, leaf: Placed) {
    this.#answer = answer;
    this.#leaf = leaf;
  }

  static {
    release = (answer, leaf) => new Released(answer, leaf);
  }

  get answer(): A {
    return this.#answer;
  }

  /** Where the access stands in the audit: a receipt that can be proved later. */
  get leaf(): Placed {
    return this.#leaf;
  }
}

/** The code of a refusal, and what the rights found: forbidden: territory. */
const reasonOf = (error: AppError): string =>
  error instanceof NotAllowed ? `${error.code}: ${error.reason}` : error.code;

/** What the audit must know of a change that is about to be committed. */
export type About = Omit<Look<unknown>, 'answer'>;

/**
 * Makes the leaf of a change durable while its transaction is still open, so that none is committed without: called last in
 * it. Should the commit then fail, a second leaf says so.
 */
export type RecordFirst = (about: About) => Promise<void>;

/**
 * Looks, records, and only then answers. A refusal (AppError) and a failure are recorded too, and thrown again.
 * @throws AppError audit-unavailable where the leaf cannot be written, whatever was found
 */
export async function withAudit<A>(
  context: AuditContext,
  asked: Asked,
  look: (record: RecordFirst) => Promise<Look<A>>,
): Promise<Released<A>> {
  const { sought, ...act } = asked;
  const entry = (rest: Omit<NewEntry, keyof Act | 'at'> & Partial<Pick<Act, 'caller'>>): NewEntry => ({
    ...act,
    at: context.now().toISOString(),
    ...rest,
  });
  const answered = async ({ subjects, fields, count, user }: About): Promise<Placed> => {
    const known = user === undefined ? {} : { caller: { ...act.caller, user } };
    const told = { fields, outcome: 'answered', reason: null, ...known } as const;
    // More subjects than a leaf takes are told in leaves of their own; how many were answered stands in the one that is given.
    for (let from = MOST_SUBJECTS; from < subjects.length; from += MOST_SUBJECTS)
      await context.audit.append(
        entry({ ...told, subjects: subjects.slice(from, from + MOST_SUBJECTS), count: 0 }),
      );
    return context.audit.append(entry({ ...told, subjects: subjects.slice(0, MOST_SUBJECTS), count }));
  };
  let found: Look<A>;
  let recorded = null as Placed | null;
  try {
    found = await look(async (about) => {
      recorded = await answered(about);
    });
  } catch (error) {
    const refused = error instanceof AppError;
    await context.audit.append(
      entry({
        subjects: sought,
        fields: [],
        count: 0,
        outcome: refused ? 'refused' : 'failed',
        reason: refused ? reasonOf(error) : 'unexpected',
      }),
    );
    throw error;
  }
  return release(found.answer, recorded ?? (await answered(found)));
}
