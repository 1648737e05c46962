/**
 * Corrections and annulments of what came with a full supply: `{"fornitura": 1, "id_soggetto": …, "fatto": "MORTE"}`,
 * "where `fatto` is the operazione that would have brought it, of several of its kind the last, unless `dal` says which"
 * (tracciato.md 3). Pure: an entry's claims in, its claims as they should have been out.
 */
import { type Day, firstDay, type PartialDate } from '../../kernel/day.ts';
import type { ClaimKind, EntryState } from '../claims/entry-state.ts';
import type { SoggettoRecord } from '../claims/records.ts';
import type { Claim } from '../claims/timeline.ts';
import type { Operazione } from './event-records.ts';

/** The lists in which a fact of each operation stands. */
const KIND: Readonly<Partial<Record<Operazione, ClaimKind>>> = {
  NASCITA: 'registrations',
  ISCRIZIONE: 'registrations',
  MORTE: 'deaths',
  CANCELLAZIONE: 'registrations',
  CAMBIO_ABITAZIONE: 'dwellings',
  FAMIGLIA: 'memberships',
  STATO_CIVILE: 'civilStatuses',
  CITTADINANZA: 'citizenships',
  GENERALITA: 'identities',
  GENITORI: 'parents',
  DOCUMENTO: 'documents',
  SOGGIORNO: 'permits',
  RISERVATEZZA: 'protections',
};

const inOrder = (a: Claim<object>, b: Claim<object>): number =>
  firstDay(a.from) < firstDay(b.from) ? -1 : firstDay(a.from) > firstDay(b.from) ? 1 : 0;

/** The claim that the reference means: of those that came with the supplies, that of `dal`, else the last. */
function meant(
  claims: readonly Claim<object>[],
  supplyEvents: readonly number[],
  operazione: Operazione,
  dal: PartialDate | null,
): Claim<object> | undefined {
  const came = claims
    .filter((c) => supplyEvents.includes(c.eventId))
    .filter((c) => operazione !== 'CANCELLAZIONE' || c.statedTo !== null)
    .sort(inOrder);
  if (dal === null) return came.at(-1);
  const day = (c: Claim<object>) => (operazione === 'CANCELLAZIONE' ? c.statedTo! : c.from);
  return came.find((c) => day(c) === dal);
}

/**
 * Is there such a fact? Otherwise the reference is unfit (SIP-205).
 * @param supplyEvents the full supply that the reference names and those before it: what a later one tells again without a
 *   difference stays what an earlier one had said (docs/adr/0009)
 */
export function findSupplyFact(
  entry: EntryState,
  supplyEvents: readonly number[],
  operazione: Operazione,
  dal: PartialDate | null,
): Claim<object> | undefined {
  const kind = KIND[operazione];
  return kind === undefined ? undefined : meant(entry[kind], supplyEvents, operazione, dal);
}

/** "What had ended or begun with the old fact moves with it": ends stated on the old day move to the new one, or open. */
function moveEnds<T>(claims: readonly Claim<T>[], old: PartialDate, to: Day | null): Claim<T>[] {
  return claims.map((c) => (c.statedTo === old ? { ...c, statedTo: to } : c));
}

/** What of one supply begins with a registration: the whole of the row but its deaths and departures. */
const BEGUN: readonly ClaimKind[] = [
  'identities',
  'dwellings',
  'memberships',
  'civilStatuses',
  'citizenships',
  'parents',
  'documents',
  'permits',
  'declarations',
  'protections',
];
/** What is nothing without the registration that it lies in. */
const WITHIN: ReadonlySet<ClaimKind> = new Set(['dwellings', 'memberships']);

/**
 * "What had begun with the old fact (memberships, dwellings …) moves with it" (tracciato.md 3, R and A).
 * @param day null: the registration never was
 */
function withBegun(
  entry: EntryState,
  registration: Claim<object>,
  supplyEvent: number,
  day: Day | null,
): EntryState {
  const moved = BEGUN.map((kind) => {
    const claims: Claim<object>[] = entry[kind];
    return [
      kind,
      claims.flatMap((c): Claim<object>[] => {
        if (c.eventId !== supplyEvent || c.from !== registration.from) return [c];
        if (day !== null) return [{ ...c, from: day }];
        return WITHIN.has(kind) ? [] : [c];
      }),
    ];
  });
  return { ...entry, ...Object.fromEntries(moved) } as EntryState;
}

/** How the corrected fact should have been. */
export interface CorrectedFact {
  readonly eventId: number;
  readonly source: number;
  readonly from: PartialDate;
  /** The values that the event gave, by the columns of the claim's value; others stay. */
  readonly value: object;
}

/**
 * @param corrected null: the fact is annulled, as if it had never been
 * @returns the entry as it should have been; undefined where there is no such fact
 */
export function correctSupplyFact(
  entry: EntryState,
  supplyEvent: number,
  operazione: Operazione,
  dal: PartialDate | null,
  corrected: CorrectedFact | null,
): EntryState | undefined {
  const kind = KIND[operazione];
  const claim = findSupplyFact(entry, [supplyEvent], operazione, dal);
  if (kind === undefined || claim === undefined) return undefined;
  const day = corrected === null ? null : firstDay(corrected.from);
  if (operazione === 'CANCELLAZIONE') {
    const end = claim.statedTo!;
    const registrations = entry.registrations.map((r) =>
      r === claim
        ? {
            ...r,
            statedTo: corrected === null ? null : corrected.from,
            value: { ...r.value, ...(corrected?.value ?? NO_END) },
            ...(corrected === null ? {} : { eventId: corrected.eventId, source: corrected.source }),
          }
        : r,
    );
    return {
      ...entry,
      registrations,
      memberships: moveEnds(entry.memberships, end, day),
      dwellings: moveEnds(entry.dwellings, end, day),
    };
  }
  const kept = (entry[kind] as readonly Claim<object>[]).filter((c) => c !== claim);
  const before = kept.filter((c) => inOrder(c, claim) < 0);
  const after = kept.filter((c) => inOrder(c, claim) >= 0);
  const moved = [...moveEnds(before, claim.from, day), ...after];
  const list =
    corrected === null
      ? moved
      : [
          ...moved,
          {
            ...claim,
            eventId: corrected.eventId,
            source: corrected.source,
            from: corrected.from,
            value: { ...claim.value, ...corrected.value },
          },
        ];
  const next = { ...entry, [kind]: list } as EntryState;
  if (kind === 'registrations') return withBegun(next, claim, supplyEvent, day);
  if (operazione !== 'MORTE') return next;
  // The registration, and what lay in it, had ended with the death.
  return {
    ...next,
    registrations: next.registrations.map((r) =>
      r.statedTo === claim.from
        ? { ...r, statedTo: day, ...(day === null ? { value: { ...r.value, ...NO_END } } : {}) }
        : r,
    ),
    memberships: moveEnds(next.memberships, claim.from, day),
    dwellings: moveEnds(next.dwellings, claim.from, day),
  };
}

/**
 * Who arrived by the fact, told again: names, birth and parents of the row take the place of those that came with the
 * supply, from the first on; cells that are absent leave what there was.
 */
export function rowMended(
  entry: EntryState,
  row: SoggettoRecord,
  supplyEvent: number,
  by: CorrectedFact,
): EntryState {
  const mend = <T extends object>(claims: readonly Claim<T>[]): Claim<T>[] => {
    const first = claims.filter((c) => c.eventId === supplyEvent).sort(inOrder)[0];
    return claims.map((c) => {
      if (c !== first) return c;
      const told = Object.entries(row).filter(([column, value]) => column in c.value && value !== null);
      const value = { ...c.value, ...Object.fromEntries(told) } as T;
      return { ...c, eventId: by.eventId, source: by.source, value };
    });
  };
  return { ...entry, identities: mend(entry.identities), parents: mend(entry.parents) };
}

const NO_END = { motivo_cancellazione: null, comune_destinazione: null, stato_destinazione: null };
