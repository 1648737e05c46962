/** What the rules of the reconciliation know beside the person they look at: who is meant by a number or a code. Pure. */
import { baseForm, isOmocodic } from '../../kernel/codice-fiscale.ts';
import { type Day, firstDay } from '../../kernel/day.ts';
import type { EntryFacts } from '../answers/facts.ts';
import { type Clashes, clashesOn } from '../answers/residence.ts';
import { speakers } from '../answers/speaking.ts';
import { type Transfer, type TransferEvidence, transfersOf } from '../answers/transfers.ts';

/** A day on which only what is still open holds. */
export const AFTER_ALL = '9999-12-30' as Day;

export const later = (a: Day, b: Day): Day => (a < b ? b : a);

/** Somebody named in a register, by its number, by codice fiscale, or by both. */
export interface Reference {
  readonly comune: string;
  readonly id: string | null;
  readonly code: string | null;
}

/** A person as the rules see them, with what they are asked about more than once. */
export interface Concerned {
  readonly personId: number;
  readonly entries: readonly EntryFacts[];
  readonly transfers: readonly Transfer[];
  /** Of the entries still registered somewhere: whose word holds, and how the others are explained. */
  readonly open: Clashes;
}

export interface World {
  readonly evidence: TransferEvidence;
  /** The person meant; null where there is none, or where a code is that of several. */
  personMeant(reference: Reference): number | null;
  /** Codes that somebody's entries bear. */
  codesOf(personId: number): ReadonlySet<string>;
  /** Persons loaded: those looked at, and the spouses that they name. */
  person(personId: number): Concerned | undefined;
  /** The open family of others that an entry heads. */
  headedBy(entryId: number): HeadedFamily | undefined;
  /** Of the bearer of a base form, who bears an omocodic form of it in other registers. */
  otherForms(entryId: number): OtherForms | undefined;
}

/** A family of which an entry is the intestatario, with others in it. */
export interface HeadedFamily {
  readonly idFamiglia: string;
  readonly eventId: number;
}

export function concerned(
  personId: number,
  entries: readonly EntryFacts[],
  evidence: TransferEvidence,
): Concerned {
  const transfers = transfersOf(entries);
  return {
    personId,
    entries,
    transfers,
    open: clashesOn(speakers(entries, AFTER_ALL), transfers, evidence, AFTER_ALL),
  };
}

/**
 * The first day of which what an entry says is stale: that on which its last registration ended, or on which somebody
 * whose move is pending is known to have come elsewhere; null while it is registered.
 */
export function staleFrom({ transfers, open }: Concerned, entry: EntryFacts): Day | null {
  if (entry.registrations.some((r) => r.to === null)) {
    if (!open.pending.some((e) => e.entryId === entry.entryId)) return null;
    const gone = transfers.flatMap(({ departure, arrival }) =>
      departure === null && arrival?.other === entry.comune ? [arrival.day] : [],
    );
    return gone.sort()[0] ?? null;
  }
  let last: Day = '0001-01-01' as Day;
  for (const r of entry.registrations) if (firstDay(r.to!) > last) last = firstDay(r.to!);
  return last;
}

/**
 * Do two references mean one person? null where that cannot be told. Two persons known apart may yet be one whom nothing
 * joins: only their codes tell that they are two.
 */
export function sameMeant(world: World, a: Reference, b: Reference): boolean | null {
  const [x, y] = [world.personMeant(a), world.personMeant(b)];
  if (x !== null && x === y) return true;
  const codes = (r: Reference, person: number | null): Set<string> =>
    new Set([...(r.code === null ? [] : [r.code]), ...(person === null ? [] : world.codesOf(person))]);
  const [mine, theirs] = [codes(a, x), codes(b, y)];
  if (mine.size === 0 || theirs.size === 0) return null;
  return [...mine].some((code) => theirs.has(code));
}

/** An entry with the code that it bears at present, and since when. */
export interface CodeBearer {
  readonly entryId: number;
  readonly personId: number;
  readonly comune: string;
  readonly code: string;
  readonly since: Day;
  readonly eventId: number;
}

/** The bearer of a base form with those of its omocodic forms. */
export interface OtherForms {
  readonly base: CodeBearer;
  readonly omocodic: readonly CodeBearer[];
}

/**
 * By entry that bears a base form, the bearers in other registers of omocodic forms of it (EA036). Of two forms of one
 * person, as an operator joined them, another sentence tells (rules.ts, joinedForms).
 * @param bearers of omocodic codes, and of their base forms
 */
export function otherForms(bearers: readonly CodeBearer[]): ReadonlyMap<number, OtherForms> {
  const byBase = new Map<string, CodeBearer[]>();
  for (const bearer of bearers) {
    if (!isOmocodic(bearer.code)) continue;
    const base = baseForm(bearer.code)!;
    byBase.set(base, [...(byBase.get(base) ?? []), bearer]);
  }
  const found = new Map<number, OtherForms>();
  for (const base of bearers) {
    const omocodic = (byBase.get(base.code) ?? []).filter(
      (o) => o.comune !== base.comune && o.personId !== base.personId,
    );
    if (omocodic.length > 0) found.set(base.entryId, { base, omocodic });
  }
  return found;
}
