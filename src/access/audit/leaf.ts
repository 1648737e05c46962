/** What the audit keeps of one access (security.md, control 25), and the bytes that are hashed of it. Pure. */

/**
 * What was done with persons' data: a short list to choose from, or a record read; a declaration answered S, N or A; numbers
 * alone; an extract or a flow; a change; a change of rights or of the system.
 */
export type AccessKind =
  | 'listed'
  | 'consulted'
  | 'verified'
  | 'counted'
  | 'delivered'
  | 'written'
  | 'administered';

export type Outcome = 'answered' | 'refused' | 'failed';

/** Who asks. Null where nobody was known: a refused sign-in has no user. */
export interface Caller {
  readonly user: string | null;
  /** The system, where one asks. */
  readonly client: string | null;
  /** The ente. */
  readonly body: string | null;
  /** The address it came from; `cli` from the command line. */
  readonly from: string;
}

/** What is asked, and what for. */
export interface Act {
  readonly caller: Caller;
  readonly operation: string;
  readonly kind: AccessKind;
  readonly purpose: string | null;
  /** The file number (pratica) for which it is asked. */
  readonly file: string | null;
}

export interface Leaf extends Act {
  /** ISO 8601, UTC. */
  readonly at: string;
  /** Commitments, never persons (subjects.ts). */
  readonly subjects: readonly string[];
  readonly fields: readonly string[];
  /** Persons, or rows, that were answered. */
  readonly count: number;
  readonly outcome: Outcome;
  /** The code of the refusal or failure. */
  readonly reason: string | null;
}

/** More would be an extract, which has a leaf a batch of its own. */
export const MOST_SUBJECTS = 1000;
const MOST_FIELDS = 200;
const MOST_CHARACTERS = 200;
const VERSION = 1;

/** What callers write is bounded, and holds nothing that JSON or PostgreSQL would refuse: one leaf must not stop a batch. */
function plain(text: string): string {
  const clean = Array.from(text.toWellFormed(), (c) => (c < ' ' || c === '\u007f' ? ' ' : c));
  return clean.slice(0, MOST_CHARACTERS).join('');
}
const plainOrNull = (text: string | null): string | null => (text === null ? null : plain(text));

/** The leaf as JSON in one line, always with the same keys in the same order: its UTF-8 bytes are hashed. */
export function leafText(leaf: Leaf): string {
  return JSON.stringify({
    v: VERSION,
    at: leaf.at,
    user: plainOrNull(leaf.caller.user),
    client: plainOrNull(leaf.caller.client),
    body: plainOrNull(leaf.caller.body),
    from: plain(leaf.caller.from),
    operation: plain(leaf.operation),
    kind: leaf.kind,
    purpose: plainOrNull(leaf.purpose),
    file: plainOrNull(leaf.file),
    subjects: leaf.subjects,
    fields: leaf.fields.slice(0, MOST_FIELDS).map(plain),
    count: leaf.count,
    outcome: leaf.outcome,
    reason: plainOrNull(leaf.reason),
  });
}

/** The keys of `leafText`, as the database gives them back. */
export interface LeafBody {
  readonly at: string;
  readonly user: string | null;
  readonly client: string | null;
  readonly body: string | null;
  readonly from: string;
  readonly operation: string;
  readonly kind: AccessKind;
  readonly purpose: string | null;
  readonly file: string | null;
  readonly subjects: readonly string[];
  readonly fields: readonly string[];
  readonly count: number;
  readonly outcome: Outcome;
  readonly reason: string | null;
}
