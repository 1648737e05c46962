/**
 * A family or a convivenza on a day: its members in order, each with the kinship to the intestatario (registry.md; T5, T6).
 * When nobody is named, the oldest member acts as intestatario "and every kinship reads 99, with the last declared one
 * beside it, until the comune says otherwise" (tracciato.md 3, What follows from an event). Pure.
 */
import { type Day, firstDay, type PartialDate } from '../../kernel/day.ts';
import { type Certainty, heldOn, holdsByFirstDays } from './certainty.ts';
import type { EntryFacts, HouseholdAddressFact, HouseholdFact, PersonFacts } from './facts.ts';
import { HEAD, type Kinship, kinship } from './kinship.ts';
import type { KnownAt } from './known-at.ts';
import { type HouseholdName, identityOn } from './person-state.ts';
import { type AddressAnswer, addressAnswer } from './residence.ts';

/** A household as loaded: its facts, and the entries that were ever in it. */
export interface HouseholdFacts {
  readonly householdId: number;
  readonly lives: readonly HouseholdFact[];
  readonly addresses: readonly HouseholdAddressFact[];
  readonly members: readonly EntryFacts[];
  /** The person of each entry. */
  readonly persons: ReadonlyMap<number, number>;
}

export interface MemberAnswer extends Kinship {
  readonly persona: string;
  readonly codice_fiscale: string | null;
  readonly id_soggetto: string;
  readonly cognome: string | null;
  readonly nome: string | null;
  readonly sesso: string | null;
  readonly data_nascita: PartialDate | null;
  readonly dal: PartialDate;
  readonly certezza: Certainty;
  readonly protetto: boolean;
}

export interface FamilyState {
  readonly tipo: HouseholdName['tipo'];
  readonly comune: string;
  readonly id_famiglia?: string;
  readonly id_convivenza?: string;
  readonly al: Day;
  readonly noto_al: KnownAt;
  /** The life of the household; null where it is not known on the day. */
  readonly dal: PartialDate | null;
  readonly fino_al: PartialDate | null;
  /** T26 for a family, T27 for a convivenza. */
  readonly motivo: string | null;
  readonly denominazione: string | null;
  readonly indirizzo?: AddressAnswer;
  readonly senza_fissa_dimora?: true;
  /** Codice fiscale of the intestatario (of the responsabile, of a convivenza), or of who acts for one. */
  readonly intestatario: string | null;
  readonly id_intestatario: string | null;
  readonly facente_funzione?: true;
  readonly componenti: readonly MemberAnswer[];
}

interface Member {
  readonly entry: EntryFacts;
  readonly relazione: string;
  readonly progressivo: number | null;
  readonly dal: PartialDate;
  readonly certezza: Certainty;
  readonly birth: PartialDate | null;
}

function membersOn(household: HouseholdFacts, d: Day): Member[] {
  return household.members.flatMap((entry) => {
    const here = entry.memberships.filter((m) => m.household_id === household.householdId);
    const [held] = heldOn(here, d);
    if (held === undefined) return [];
    const birth = identityOn([entry], d)?.fact.birth_text ?? null;
    const { relazione, progressivo, from } = held.spell;
    return [{ entry, relazione, progressivo, dal: from, certezza: held.certezza, birth }];
  });
}

const byAge = (a: Member, b: Member): number => {
  const x = a.birth === null ? '9999' : firstDay(a.birth);
  const y = b.birth === null ? '9999' : firstDay(b.birth);
  return x < y ? -1 : x > y ? 1 : a.entry.idSoggetto < b.entry.idSoggetto ? -1 : 1;
};

const inOrder = (a: Member, b: Member): number => {
  const heads = Number(b.relazione === HEAD) - Number(a.relazione === HEAD);
  const numbers = (a.progressivo ?? Number.MAX_SAFE_INTEGER) - (b.progressivo ?? Number.MAX_SAFE_INTEGER);
  return heads || numbers || byAge(a, b);
};

/** The household's facts of the day; of a household that no longer is, the last. */
function lifeOn(lives: readonly HouseholdFact[], d: Day): HouseholdFact | undefined {
  const held = heldOn(lives, d)[0]?.spell;
  return held ?? [...lives].reverse().find((l) => firstDay(l.from) <= d) ?? lives[0];
}

/** @returns null when nothing is known of the household */
export function familyState(household: HouseholdFacts, d: Day, knownAt: KnownAt): FamilyState | null {
  const life = lifeOn(household.lives, d);
  if (life === undefined) return null;
  const members = membersOn(household, d).sort(inOrder);
  const named = members.find((m) => m.relazione === HEAD);
  const acting =
    named === undefined && life.kind === 'famiglia'
      ? [...members].sort(
          (a, b) => Number(b.certezza === 'certa') - Number(a.certezza === 'certa') || byAge(a, b),
        )[0]
      : undefined;
  const head = named ?? acting;
  const address = heldOn(household.addresses, d)[0]?.spell;
  const alive = holdsByFirstDays(life, d);
  return {
    tipo: life.kind,
    comune: life.comune,
    ...(life.kind === 'famiglia' ? { id_famiglia: life.id_household } : { id_convivenza: life.id_household }),
    al: d,
    noto_al: knownAt,
    dal: alive ? household.lives[0]!.from : null,
    fino_al: alive ? household.lives.at(-1)!.to : null,
    motivo: life.motivo,
    denominazione: life.denominazione,
    ...(address === undefined
      ? {}
      : address.senza_fissa_dimora
        ? { senza_fissa_dimora: true as const }
        : { indirizzo: addressAnswer(address) }),
    intestatario: head === undefined ? null : codeOf(head.entry, d),
    id_intestatario: head?.entry.idSoggetto ?? null,
    ...(acting === undefined ? {} : { facente_funzione: true as const }),
    componenti: members.map((m) => {
      const identity = identityOn([m.entry], d)?.fact;
      return {
        persona: `P${household.persons.get(m.entry.entryId) ?? m.entry.entryId}`,
        codice_fiscale: identity?.codice_fiscale ?? null,
        id_soggetto: m.entry.idSoggetto,
        cognome: identity?.cognome ?? null,
        nome: identity?.nome ?? null,
        sesso: identity?.sesso ?? null,
        data_nascita: m.birth,
        ...kinship(m.relazione, acting === undefined),
        dal: m.dal,
        certezza: m.certezza,
        protetto: m.entry.protections.some((p) => p.protetto && (p.to === null || holdsByFirstDays(p, d))),
      };
    }),
  };
}

function codeOf(entry: EntryFacts, d: Day): string | null {
  return identityOn([entry], d)?.fact.codice_fiscale ?? null;
}

/** A stay of a person in a household. */
export interface StayAnswer extends HouseholdName {
  readonly relazione: string;
  readonly dal: PartialDate;
  readonly al: PartialDate | null;
}

/**
 * The households a person was in, in time; memberships of one household that follow one another are one stay. The one
 * before the present is the family of origin.
 */
export function staysOf(
  person: PersonFacts,
  household: (id: number) => HouseholdName | undefined,
): readonly StayAnswer[] {
  const stays: (StayAnswer & { readonly household_id: number })[] = [];
  const all = person.entries
    .flatMap((e) => e.memberships)
    .filter((m) => m.to === null || firstDay(m.to) > firstDay(m.from))
    .sort((a, b) => (firstDay(a.from) < firstDay(b.from) ? -1 : 1));
  for (const m of all) {
    const name = household(m.household_id);
    if (name === undefined) continue;
    const last = stays.at(-1);
    if (last !== undefined && last.household_id === m.household_id && last.al === m.from)
      stays[stays.length - 1] = { ...last, relazione: m.relazione, al: m.to };
    else stays.push({ ...name, relazione: m.relazione, dal: m.from, al: m.to, household_id: m.household_id });
  }
  return stays.map(({ household_id: _, ...stay }) => stay);
}
