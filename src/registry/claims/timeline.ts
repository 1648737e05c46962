/**
 * From what was claimed to spells: "a fact holds from its decorrenza to the next fact of its kind, in whatever order
 * they were registered; of two on one day the later registered" (tracciato.md 3, In time), bounded by the end the
 * comune stated and by whatever the fact cannot outlive.
 */
import { type Day, firstDay, type PartialDate } from '../../kernel/day.ts';
import { tellsPresent } from './source-row.ts';

/** Where a claim stands among those of one day: by day of registration, then by event. A first full supply comes before all. */
export interface Rank {
  /** Day of registration; '' for what came with a first full supply. */
  readonly day: string;
  readonly event: number;
}

/** What an event said to hold from a day on. */
export interface Claim<T> {
  readonly from: PartialDate;
  /** The end the comune itself gave (`al`), or null: open until something else follows. */
  readonly statedTo: PartialDate | null;
  readonly eventId: number;
  /** The row of the supply (source-row.ts). */
  readonly source: number;
  readonly rank: Rank;
  /** The columns it speaks of, the others being as they were before; null: all of them. */
  readonly stated: readonly string[] | null;
  readonly value: T;
}

/** A claim with the end it comes to have. `to` null: open. A spell with `from` = `to` holds on no day. */
export interface Spell<T> extends Claim<T> {
  readonly to: PartialDate | null;
}

/** The earlier of two ends, by first days; null is never. */
export function earlierEnd(a: PartialDate | null, b: PartialDate | null): PartialDate | null {
  if (a === null) return b;
  if (b === null) return a;
  return firstDay(b) < firstDay(a) ? b : a;
}

/** `end`, but not before the start it belongs to. */
function notBefore(end: PartialDate | null, from: PartialDate): PartialDate | null {
  return end !== null && firstDay(end) < firstDay(from) ? from : end;
}

/**
 * Earlier first: by first day, then by registration. Of one event the rows of a history come first, in the order of their file, then the row
 * that tells the present; the tables keep no other order. Those of one row keep the order they are given in.
 */
export function inTime(a: Claim<unknown>, b: Claim<unknown>): number {
  const x = firstDay(a.from);
  const y = firstDay(b.from);
  if (x !== y) return x < y ? -1 : 1;
  if (a.rank.day !== b.rank.day) return a.rank.day < b.rank.day ? -1 : 1;
  return (
    a.rank.event - b.rank.event ||
    Number(tellsPresent(a.source)) - Number(tellsPresent(b.source)) ||
    a.source - b.source
  );
}

/** What a claim that speaks of some columns leaves as it was is taken from the one before it (or, with none, after it). */
function completed<T extends object>(ordered: readonly Claim<T>[]): Claim<T>[] {
  if (ordered.every((claim) => claim.stated === null)) return [...ordered];
  let held = ordered.find((claim) => claim.stated === null)?.value;
  return ordered.map((claim) => {
    const { stated } = claim;
    if (stated === null || held === undefined) {
      held = claim.value;
      return claim;
    }
    const spoken = Object.entries(claim.value).filter(([column]) => stated.includes(column));
    held = { ...held, ...Object.fromEntries(spoken) } as T;
    return { ...claim, value: held };
  });
}

/** "`dal` = `al` is legal and overlaps nothing" (tracciato.md 1): what was told to hold on no day takes no day from another. */
const holdsNever = ({ from, statedTo }: Claim<unknown>): boolean =>
  statedTo !== null && firstDay(statedTo) <= firstDay(from);

/**
 * Lays claims out in time. Of two that begin on one day the later registered holds, and the other becomes an empty
 * spell. `bound` gives the day beyond which a claim cannot hold (the end of the registration it lies in).
 * @returns one spell for each claim, ordered by start
 */
export function layOut<T extends object>(
  claims: readonly Claim<T>[],
  bound: (from: Day) => PartialDate | null = () => null,
): Spell<T>[] {
  if (claims.length === 0) return [];
  const [only] = claims;
  if (only !== undefined && claims.length === 1)
    return [{ ...only, to: notBefore(earlierEnd(only.statedTo, bound(firstDay(only.from))), only.from) }];
  const ordered = completed([...claims].sort(inTime));
  // From the last to the first: each with the start of the next that holds on some day.
  let follower: PartialDate | null = null;
  const nexts = ordered.map((): PartialDate | null => null);
  for (let i = ordered.length - 1; i >= 0; i--) {
    nexts[i] = follower;
    if (!holdsNever(ordered[i]!)) follower = ordered[i]!.from;
  }
  return ordered.map((claim, i) => {
    const next = nexts[i] ?? null;
    const to = earlierEnd(earlierEnd(claim.statedTo, next), bound(firstDay(claim.from)));
    return { ...claim, to: notBefore(to, claim.from) };
  });
}
