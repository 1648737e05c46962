/**
 * What a declaration is held against: the state of one person on the reference day as the register knew it, and what bears on how far that
 * may be trusted (services.md: set aside, in conflict, in transit, uncertain, too old). Loaded by the service; the rules only read. Pure.
 */
import type { Day, PartialDate } from '../../kernel/day.ts';
import type { EntryFacts } from '../../registry/answers/facts.ts';
import type { FamilyState } from '../../registry/answers/family.ts';
import type { PersonState } from '../../registry/answers/person-state.ts';
import type { FindingKind } from '../../registry/reconciliation/finding.ts';

/** Somebody whom the register knows, with all that may name them. */
export interface KnownPerson {
  readonly persona: string;
  /** Every code they bear or bore openly, upper case. */
  readonly codici: ReadonlySet<string>;
  /** Names and birth on the day, and the former ones. */
  readonly nomi: readonly KnownName[];
  readonly decesso: { readonly data: PartialDate; readonly certo: boolean } | null;
}

export interface KnownName {
  readonly cognome: string;
  readonly nome: string;
  readonly data_nascita: PartialDate;
}

/** A tie of the person to somebody else that the register holds. */
export type Tie = 'coniuge' | 'ascendente' | 'discendente';

export interface Relative {
  readonly legame: Tie;
  readonly persona: KnownPerson;
}

/** How far the register may be trusted about the person on the day. */
export interface Quality {
  /** The day at whose end the speaking comune's last supply was true; null where none is known. */
  readonly situazioneAl: Day | null;
  /** A row or an event about the person is set aside, waiting to be mended. */
  readonly setAside: boolean;
  /** Findings of the reconciliation that are open on the person. */
  readonly findings: readonly FindingKind[];
}

export interface Evidence {
  readonly al: Day;
  readonly state: PersonState;
  /** The entries in the order in which they speak of the day. */
  readonly entries: readonly EntryFacts[];
  readonly self: KnownPerson;
  readonly family: FamilyState | null;
  /** Each member of the family as the register knows them, in the order of `family.componenti`. */
  readonly members: readonly KnownPerson[];
  /** Spouse of the day, ascendants and descendants in two degrees; empty where the matter does not ask for them. */
  readonly relatives: readonly Relative[];
  readonly quality: Quality;
  /** Events by which a street or a number was renamed (TOPONOMASTICA): the dwellings they begin are no move. */
  readonly renamings: ReadonlySet<number>;
  /** May the profile that asks read the address of a protected person? */
  readonly mayReadProtected: boolean;
  /** Is somebody whom the declaration names known to the register at all, whoever they be to the declarant? */
  readonly otherKnown: boolean;
}

/** Numbers of the policy. */
export interface VerificationPolicy {
  /** Days past the comune's last supply after which what may have changed since cannot be told. */
  readonly oldAfterDays: number;
}

export const VERIFICATION_POLICY: VerificationPolicy = { oldAfterDays: 45 };
