/** What one statement tells of persons as known now (now.sql.ts), put together as the parts asked for one by one are. Pure. */
import type { Day } from '../../kernel/day.ts';
import { readComposite } from '../../platform/db/composite.ts';
import {
  byStart,
  ENTRY_TABLES,
  type EntryFacts,
  type EntryTable,
  emptyEntryFacts,
  type Fact,
  type HouseholdAddressFact,
  type HouseholdFact,
  type IdentityFact,
  type MembershipFact,
  type ParentsFact,
  type ProtectionFact,
  withoutShadowed,
} from './facts.ts';
import type { HouseholdFacts } from './family.ts';
import type { FoundEntry } from './find-person.sql.ts';
import type { FoundPerson } from './find-person.ts';
import type { HistorySources, LinkRow } from './history.ts';
import type { KnownAt } from './known-at.ts';
import type { NowRow } from './now.sql.ts';
import { type FactSource, factOf, instantOf } from './now-rows.ts';
import type { HouseholdName } from './person-state.ts';
import { shownFacts, unsealedApart } from './sealing.ts';
import { halfSource, type TransferEvidence } from './transfers.ts';

type Lists = { -readonly [K in EntryTable]: EntryFacts[K][number][] } & Pick<
  EntryFacts,
  'entryId' | 'comune' | 'idSoggetto'
>;

interface EntryRow {
  readonly entry_id: number;
  readonly person_id: number;
  readonly comune: string;
  readonly id_soggetto: string;
}

function entryRow(row: string): EntryRow {
  const [entry, person, comune, id] = readComposite(row);
  return { entry_id: Number(entry), person_id: Number(person ?? entry), comune: comune!, id_soggetto: id! };
}

/** The rows of a statement, by part. */
export class NowParts {
  readonly #parts = new Map<string, string[]>();

  constructor(rows: readonly NowRow[]) {
    for (const { part, row } of rows) {
      const own = this.#parts.get(part);
      if (own === undefined) this.#parts.set(part, [row]);
      else own.push(row);
    }
  }

  rows(part: string): readonly string[] {
    return this.#parts.get(part) ?? [];
  }

  facts<F extends Fact>(table: FactSource, part: string = table): F[] {
    return this.rows(part).map((row) => factOf<F>(table, row));
  }

  /** Numbers of a part that is nothing else. */
  numbers(part: string): Set<number> {
    return new Set(this.rows(part).map((row) => Number(row.slice(1, -1))));
  }
}

/** The last committed instant: what now means. */
export function knownNow(parts: NowParts): KnownAt {
  const [clock = ''] = readComposite(parts.rows('clock')[0] ?? '()');
  return instantOf(clock ?? '') as KnownAt;
}

/** The persons found, as `findPersons` gives them, with what they have of facts. */
export function personsNow(parts: NowParts): FoundPerson[] {
  const knownAt = knownNow(parts);
  const numbers = parts
    .rows('number')
    .map((row): FoundEntry => ({ ...entryRow(row), known_at: knownAt }))
    .sort((a, b) => a.person_id - b.person_id || a.entry_id - b.entry_id);
  const lists = new Map<number, Lists>();
  for (const n of numbers) lists.set(n.entry_id, emptyLists(n));
  for (const table of ENTRY_TABLES)
    for (const row of parts.rows(table)) {
      const fact = factOf<Fact & { readonly entry_id: number }>(table, row);
      (lists.get(fact.entry_id)?.[table] as Fact[] | undefined)?.push(fact);
    }
  for (const entry of lists.values())
    for (const table of ENTRY_TABLES) if (entry[table].length > 1) (entry[table] as Fact[]).sort(byStart);
  return [...Map.groupBy(numbers, (n) => n.person_id)].map(([personId, own]) => {
    const entries = own.map((n) => lists.get(n.entry_id)! as EntryFacts);
    // What an entry that seals anything holds now is what sealsOf would bring.
    const seals = entries.flatMap(({ identities }) => (identities.some((f) => f.sealed) ? identities : []));
    return { person: { personId, entries: shownFacts(entries, seals) }, numbers: own, knownAt };
  });
}

const emptyLists = (n: EntryRow): Lists => emptyEntryFacts(n.entry_id, n.comune, n.id_soggetto) as Lists;

/** Entries of others, each with the facts that a question brought of them, what is sealed left out. */
export class OtherEntries {
  readonly #parts: NowParts;
  readonly #entries: ReadonlyMap<number, EntryRow>;
  readonly #identities: ReadonlyMap<number, IdentityFact[]>;
  readonly #seals = new Map<number, IdentityFact[]>();

  constructor(parts: NowParts) {
    this.#parts = parts;
    this.#entries = new Map(
      parts
        .rows('other')
        .map(entryRow)
        .map((entry) => [entry.entry_id, entry]),
    );
    this.#identities = byEntry(parts.facts<OfEntry<IdentityFact>>('identities', 'other identities'));
    for (const row of parts.rows('seals')) {
      const [of, fact] = readComposite(row);
      const own = this.#seals.get(Number(of)) ?? [];
      this.#seals.set(Number(of), [...own, factOf<IdentityFact>('identities', fact!)]);
    }
  }

  /** Whose an entry is. */
  get owners(): readonly EntryRow[] {
    return [...this.#entries.values()];
  }

  /** @param part the numbers of those wanted */
  named(part: string): EntryFacts[] {
    return this.#shown([...this.#parts.numbers(part)], {});
  }

  children(): EntryFacts[] {
    const parents = byEntry(this.#parts.facts<OfEntry<ParentsFact>>('parents', 'child parents'));
    return this.#shown([...this.#parts.numbers('child')], { parents });
  }

  housemates(home: number): EntryFacts[] {
    const memberships = byEntry(housemateFacts(this.#parts, home));
    const protections = byEntry(
      this.#parts.facts<OfEntry<ProtectionFact>>('protections', 'mate protections'),
    );
    return this.#shown([...memberships.keys()], { memberships, protections });
  }

  #shown(
    wanted: readonly number[],
    facts: Partial<Record<EntryTable, ReadonlyMap<number, readonly Fact[]>>>,
  ): EntryFacts[] {
    const entries = wanted.flatMap((id): EntryFacts[] => {
      const row = this.#entries.get(id);
      if (row === undefined) return [];
      const lists: Record<string, unknown> = { ...emptyLists(row) };
      for (const [table, byId] of Object.entries({ identities: this.#identities, ...facts }))
        lists[table] = (byId.get(id) ?? []).toSorted(byStart);
      return [lists as unknown as EntryFacts];
    });
    return unsealedApart(entries, this.#seals);
  }
}

type OfEntry<F> = F & { readonly entry_id: number };

const byEntry = <F>(facts: readonly OfEntry<F>[]): Map<number, OfEntry<F>[]> =>
  Map.groupBy(facts, (fact) => fact.entry_id);

/** Memberships, in the household of the day, of who is or may be there then. */
export function housemateFacts(parts: NowParts, home: number): OfEntry<MembershipFact>[] {
  return parts
    .facts<OfEntry<MembershipFact>>('memberships', 'mate')
    .filter((fact) => fact.household_id === home);
}

type OfHousehold<F> = F & { readonly household_id: number };

/** The names of the households that the persons were in. */
export const householdNames = (parts: NowParts) =>
  parts.facts<OfHousehold<HouseholdFact>>('households').map((h) => ({ householdId: h.household_id, ...h }));

/** The household of the day as `loadHousehold` gives it. */
export function householdNow(parts: NowParts, others: OtherEntries, home: number): HouseholdFacts {
  const of = <F extends Fact>(table: 'households' | 'household_addresses'): readonly F[] =>
    withoutShadowed(
      parts
        .facts<OfHousehold<F>>(table)
        .filter((fact) => fact.household_id === home)
        .sort(byStart),
    );
  return {
    householdId: home,
    lives: of<HouseholdFact>('households'),
    addresses: of<HouseholdAddressFact>('household_addresses'),
    members: others.housemates(home),
    persons: new Map(others.owners.map((entry) => [entry.entry_id, entry.person_id])),
  };
}

/** What is known of the sources of half moves, and of how far comuni have told their story. */
export function evidenceNow(parts: NowParts): TransferEvidence {
  const sources = parts.rows('source').map((row) => {
    const [event, registrazione, tipo, operazione, situazione] = readComposite(row);
    const told = { tipo: tipo!, operazione: operazione!, situazione_al: situazione as Day };
    return [Number(event), halfSource({ ...told, registrazione: registrazione as Day | null })] as const;
  });
  const situations = parts.rows('situation').map((row) => {
    const [comune, situazione] = readComposite(row);
    return [comune!, situazione as Day] as const;
  });
  return { sources: new Map(sources), situations: new Map(situations) };
}

export const isMendedNow = (parts: NowParts): boolean => parts.rows('doubt').length > 0;

/** Whose the entries are, as `listLinks` gives it of those that hold. */
export function linksNow(parts: NowParts): LinkRow[] {
  const number = (field: string | null | undefined): number | null => (field == null ? null : Number(field));
  return parts
    .rows('link')
    .map((row): LinkRow => {
      const [entry, person, basis, event, decision, operator, reason, recorded] = readComposite(row);
      return {
        entry_id: Number(entry),
        person_id: Number(person),
        basis: basis as LinkRow['basis'],
        event_id: number(event),
        decision_id: number(decision),
        operator: operator ?? null,
        reason: reason ?? null,
        recorded_from: instantOf(recorded!) as KnownAt,
        recorded_to: null,
      };
    })
    .sort((a, b) =>
      a.recorded_from === b.recorded_from
        ? a.entry_id - b.entry_id
        : Date.parse(a.recorded_from) - Date.parse(b.recorded_from) ||
          (a.recorded_from < b.recorded_from ? -1 : 1),
    );
}

/** Who said the facts, and the names of households, as `loadSources` gives them. */
export function sourcesNow(parts: NowParts): HistorySources {
  const events = new Map(
    parts.rows('said').map((row) => {
      const [event, ricevuta, fornitura, operazione, tipo, id_evento, registrazione] = readComposite(row);
      const told = { ricevuta: ricevuta!, fornitura: fornitura!, operazione: operazione!, tipo: tipo! };
      return [
        Number(event),
        { ...told, id_evento: id_evento ?? null, registrazione: registrazione as Day | null },
      ] as const;
    }),
  );
  const households = new Map(
    parts.rows('household name').map((row) => {
      const [household, comune, kind, id] = readComposite(row);
      return [Number(household), { comune: comune!, tipo: kind as HouseholdName['tipo'], id: id! }] as const;
    }),
  );
  for (const h of householdNames(parts))
    households.set(h.householdId, { comune: h.comune, tipo: h.kind, id: h.id_household });
  return { source: (id) => events.get(id), household: (id) => households.get(id) };
}
