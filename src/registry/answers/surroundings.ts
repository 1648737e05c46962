/** What a person's facts point to, from what was loaded of it. Pure. */
import type { Day } from '../../kernel/day.ts';
import type { EntryFacts, MembershipFact } from './facts.ts';
import { isHeaded } from './kinship.ts';
import { type HouseholdName, identityOn, type RelatedPerson, type Surroundings } from './person-state.ts';
import type { TransferEvidence } from './transfers.ts';

export interface SurroundingParts {
  /** Entries of the people named, what is sealed left out. */
  readonly named: readonly EntryFacts[];
  readonly households: readonly {
    readonly householdId: number;
    readonly comune: string;
    readonly kind: HouseholdName['tipo'];
    readonly id_household: string;
  }[];
  /** The household of the day; null where there is none. */
  readonly home: number | null;
  /** The memberships in it of each who is or may be there on the day. */
  readonly housemates: readonly (readonly MembershipFact[])[];
  readonly evidence: TransferEvidence;
  /** Is something of the person being mended (doubts.sql.ts)? */
  readonly isMended: boolean;
  /** The day whose identity the people named are shown under. */
  readonly on: Day;
}

export function surroundingsOf({
  named,
  households,
  home,
  housemates,
  evidence,
  isMended,
  on,
}: SurroundingParts): Surroundings {
  const people = new Map<string, RelatedPerson>();
  // Of two entries under one code the later is named, whatever came first.
  for (const entry of named.toSorted((a, b) => a.entryId - b.entryId)) {
    const found = identityOn([entry], on);
    if (found === null) continue;
    const { codice_fiscale, cognome, nome } = found.fact;
    const shown = { codice_fiscale, comune: entry.comune, id_soggetto: entry.idSoggetto, cognome, nome };
    people.set(`${entry.comune}:${entry.idSoggetto}`, shown);
    if (codice_fiscale !== null) people.set(codice_fiscale, shown);
  }
  const names = new Map<number, HouseholdName>();
  for (const h of households)
    names.set(h.householdId, { comune: h.comune, tipo: h.kind, id: h.id_household });
  const headed = isHeaded(housemates, on);
  return {
    person: (key) => people.get(key),
    household: (id) => names.get(id),
    isHeaded: (id) => id !== home || headed,
    evidence,
    isMended,
  };
}
