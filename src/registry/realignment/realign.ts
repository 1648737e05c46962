/**
 * A subject or a household told again, whole: by SCHEDA, or by a later full supply (tracciato.md 1 and 3; docs/adr/0009). Each
 * difference from what is held takes the place of the held fact; what does not differ stays as it is. Pure.
 */
import { firstDay, type PartialDate } from '../../kernel/day.ts';
import type { EntryState, HouseholdState, IdentityValue } from '../claims/entry-state.ts';
import { closes } from '../claims/household-rows.ts';
import type { AddressRecord, EntryBundle } from '../claims/records.ts';
import { registrationBound, registrationSpells } from '../claims/registration-spells.ts';
import { type Rename, renamePieces } from '../claims/renames.ts';
import { type Claim, layOut, type Spell } from '../claims/timeline.ts';
import {
  type AsOf,
  type Bound,
  continues,
  historyTold,
  isClaim,
  NO_BOUND,
  presentTold,
  splitAt,
} from './realign-claims.ts';
import { registrationsTold } from './realign-registrations.ts';
import {
  completeFormer,
  mergeAddress,
  mergeCitizenship,
  mergeDocument,
  mergeDwelling,
  mergeIdentity,
  mergeMembership,
  mergeParents,
  mergePermit,
  mergeStatus,
  over,
  sameValue,
} from './told-values.ts';

/** Which histories the supply speaks of for this subject: those replace what is held of the kind. */
export interface ToldHistories {
  readonly residenze: boolean;
  readonly iscrizioni: boolean;
  readonly stati_civili: boolean;
  readonly cittadinanze: boolean;
  readonly generalita: boolean;
  readonly legami: boolean;
}

/** A history file speaks of each person it has a row for; legami.csv counts as one (tracciato.md 1). */
export const historiesOf = (bundle: EntryBundle): ToldHistories => ({
  residenze: bundle.residenze.length > 0 && bundle.onlyPresent !== true,
  iscrizioni: bundle.iscrizioni.length > 0,
  stati_civili: bundle.stati_civili.length > 0,
  cittadinanze: bundle.cittadinanze.length > 0,
  generalita: bundle.generalita.length > 0,
  legami: bundle.legami.length > 0 && bundle.onlyPresent !== true,
});

/** The starts that the supply itself gives to facts of the present, where a history does not tell them. */
export interface OwnDates {
  readonly stato_civile: PartialDate | null;
  readonly cittadinanza: PartialDate | null;
  readonly documento?: PartialDate | null;
  readonly residenza?: PartialDate | null;
  /** Of the tie of today, where it is told alone. */
  readonly legame?: PartialDate | null;
  /** Told not to be protected: a fact only where something had protected. */
  readonly unprotected?: boolean;
}

/** Its own `_dal`, or else the `dal` of the open row that was set aside for contradicting it (SIP-133). */
export const ownDatesOf = ({
  soggetto,
  contradicted,
  residenze,
  legami,
  onlyPresent,
}: EntryBundle): OwnDates => ({
  stato_civile: soggetto.stato_civile_dal ?? contradicted.stato_civile,
  cittadinanza: soggetto.cittadinanza_dal ?? contradicted.cittadinanza,
  documento: soggetto.documento_rilascio,
  residenza: (onlyPresent === true ? residenze[0]?.dal : null) ?? contradicted.residenza,
  legame: onlyPresent === true ? (legami[0]?.dal ?? null) : null,
  unprotected: soggetto.riservatezza === false,
});

/** Identities told as a history: empty cells of the present row stay as they are held, those of a former one are the present's. */
function toldIdentities(held: EntryState, told: EntryState): Claim<IdentityValue>[] {
  const present = told.identities.at(-1)!;
  const open = layOut(held.identities).at(-1);
  const value = open === undefined ? present.value : mergeIdentity(open.value, present.value);
  return told.identities.map((c) =>
    c === present ? { ...c, value } : { ...c, value: completeFormer(c.value, value) },
  );
}

/**
 * The entry as it is held from now on; the same object where nothing differs.
 * @param asOf the day at whose end what is told is true, or null
 */
export function realignEntry(
  held: EntryState,
  told: EntryState,
  histories: ToldHistories,
  own: OwnDates,
  asOf: AsOf = null,
): EntryState {
  const next: EntryState = { ...held, ...registrationsTold(held, told, histories.iscrizioni, asOf) };
  const bounds = {
    held: registrationBound(registrationSpells(held)),
    told: registrationBound(registrationSpells(next)),
  };
  const unbound = { held: NO_BOUND, told: NO_BOUND };
  const result: EntryState = {
    ...next,
    identities: histories.generalita
      ? historyTold(held.identities, toldIdentities(held, told), (_, value) => value, unbound, asOf)
      : presentTold(held.identities, told.identities.at(-1), null, mergeIdentity, asOf),
    civilStatuses: histories.stati_civili
      ? historyTold(held.civilStatuses, told.civilStatuses, mergeStatus, unbound, asOf)
      : presentTold(held.civilStatuses, told.civilStatuses.at(-1), own.stato_civile, mergeStatus, asOf),
    citizenships: histories.cittadinanze
      ? historyTold(held.citizenships, told.citizenships, mergeCitizenship, unbound, asOf)
      : presentTold(held.citizenships, told.citizenships.at(-1), own.cittadinanza, mergeCitizenship, asOf),
    memberships: histories.legami
      ? historyTold(held.memberships, told.memberships, mergeMembership, bounds, asOf)
      : presentTies(held, told, next, own.legame ?? null, bounds.held, asOf),
    dwellings: histories.residenze
      ? historyTold(held.dwellings, told.dwellings, mergeDwelling, bounds, asOf)
      : presentDwelling(held, told, next, own.residenza ?? null, bounds.held, asOf),
    parents: presentTold(held.parents, told.parents[0], null, mergeParents, asOf),
    documents: presentTold(held.documents, told.documents[0], own.documento ?? null, mergeDocument, asOf),
    permits: presentTold(held.permits, told.permits[0], null, mergePermit, asOf),
    declarations: presentTold(held.declarations, told.declarations[0], null, over, asOf),
    protections: presentTold(held.protections, toldProtection(held, told, own), null, over, asOf),
  };
  const kinds = Object.keys(result) as (keyof EntryState)[];
  return kinds.every((kind) => result[kind] === held[kind]) ? held : result;
}

function toldProtection(
  held: EntryState,
  told: EntryState,
  { unprotected }: OwnDates,
): EntryState['protections'][number] | undefined {
  const row = told.registrations.at(-1);
  if (unprotected !== true || row === undefined || held.protections.length === 0) return told.protections[0];
  return { ...row, statedTo: null, value: { protetto: false } };
}

const later = (a: PartialDate, b: PartialDate): PartialDate => (firstDay(a) < firstDay(b) ? b : a);

/**
 * Where somebody lives is the address of the family they are told in. A change of family dates it, by the day of the tie;
 * the address itself is the family's, and is told with it.
 */
function presentDwelling(
  held: EntryState,
  told: EntryState,
  next: EntryState,
  own: PartialDate | null,
  bound: Bound,
  asOf: AsOf,
): EntryState['dwellings'] {
  const now = told.dwellings.at(-1);
  const registration = registrationSpells(told).at(-1);
  if (now === undefined || registration === undefined) return held.dwellings;
  const { until } = splitAt(held.dwellings, asOf);
  const last = layOut(until, bound).at(-1);
  const since = registration.spell.from;
  // What ended with an earlier registration is history; this one has a dwelling of its own.
  if (last?.to != null && firstDay(last.to) <= firstDay(since) && last.from !== since)
    return [...held.dwellings, { ...now, from: own ?? since }];
  if (last?.value.follows === now.value.follows && own === null) return held.dwellings;
  const tie = layOut(told.memberships).at(-1);
  const was = layOut(splitAt(held.memberships, asOf).until).at(-1);
  const joined = tie !== undefined && was?.value.householdId !== tie.value.householdId;
  const from = own ?? (joined ? later(tie.from, since) : null);
  return presentTold(next.dwellings, now, from, (_, value) => value, asOf);
}

/** The tie of today told alone, with its own day; told without any, an entry keeps those that are held. */
function presentTies(
  held: EntryState,
  told: EntryState,
  next: EntryState,
  own: PartialDate | null,
  bound: Bound,
  asOf: AsOf,
): EntryState['memberships'] {
  const now = told.memberships.at(-1);
  const since = registrationSpells(told).at(-1)?.spell.from;
  if (own === null || now === undefined || since === undefined) return held.memberships;
  const last = layOut(splitAt(held.memberships, asOf).until, bound).at(-1);
  // What ended with an earlier registration is history.
  if (last?.to != null && firstDay(last.to) <= firstDay(since) && last.from !== now.from)
    return [...held.memberships, now];
  return presentTold(next.memberships, now, own, mergeMembership, asOf);
}

/** What a household's rows depend on besides its claims. */
export interface HouseholdView {
  /** The day on which it is held to have ended, by whatever cause; null while it lasts. Absent: as it was stated. */
  readonly closedOn?: PartialDate | null;
  readonly renames?: readonly Rename[];
  readonly asOf?: AsOf;
  /** The first day on which residenze.csv has somebody of it at its present address; null where it tells none. */
  readonly homeFrom?: PartialDate | null;
}

/** The household as it is held from now on; the same object where nothing differs. Its own `dal` and `al` date it. */
export function realignHousehold(
  held: HouseholdState,
  told: HouseholdState,
  view: HouseholdView = {},
): HouseholdState {
  const { closedOn, asOf = null } = view;
  const { until, later: after } = splitAt(held.attributes, asOf);
  const spells = layOut(until);
  const first = spells[0];
  const was = spells.at(-1);
  const now = told.attributes[0];
  if (first === undefined || was === undefined || now === undefined) return told;
  const life = {
    held,
    now,
    moved: first.from !== now.from,
    ended: (closedOn === undefined ? was.statedTo : closedOn) !== now.statedTo,
  };
  const value = over(was.value, now.value);
  // The end that is told takes the place of the one an event gave: its claim would close the household for good.
  const lasting = life.ended ? spells.filter((spell) => !closes(spell)) : spells;
  const attributes =
    !life.moved && !life.ended && sameValue(value, was.value)
      ? held.attributes
      : [...relived(lasting, { ...now, value }, life.moved), ...after];
  const addresses = realignAddresses(held, told, life, view);
  return attributes === held.attributes && addresses === held.addresses
    ? held
    : { ...held, attributes, addresses };
}

/** Spells with the last one told again, and the first one's start moved where the household's own start differs. */
function relived<T extends object>(spells: readonly Spell<T>[], told: Claim<T>, moved: boolean): Claim<T>[] {
  const claims = spells.map(({ to: _, ...claim }): Claim<T> => claim);
  const last = { ...told, from: moved && spells.length === 1 ? told.from : spells.at(-1)!.from };
  if (!moved) return [...claims.slice(0, -1), last];
  const start = firstDay(told.from);
  if (firstDay(last.from) <= start) return [{ ...last, from: told.from }];
  const covering = claims.findLast((c) => firstDay(c.from) <= start) ?? claims[0]!;
  const between = claims.slice(0, -1).filter((c) => firstDay(c.from) > start && c !== covering);
  return [{ ...told, from: told.from, statedTo: null, value: covering.value }, ...between, last];
}

/** The address takes the place of the held open one from its start, or from the day that its dwellers give. */
function realignAddresses(
  held: HouseholdState,
  told: HouseholdState,
  life: { readonly moved: boolean; readonly ended: boolean },
  { renames = [], asOf = null, homeFrom = null }: HouseholdView,
): HouseholdState['addresses'] {
  const { until, later: after } = splitAt(held.addresses, asOf);
  const spells = layOut(until);
  const last = spells.at(-1);
  const lives = told.addresses[0];
  if (lives === undefined) return held.addresses;
  if (last === undefined) return [lives, ...after];
  // A street renamed since is the same address under both names.
  const named = (address: AddressRecord) =>
    renamePieces({ ...last, to: null }, address, renames).at(-1)!.address;
  const next = (spell: Spell<AddressRecord>) => mergeAddress(named(spell.value), named(lives.value));
  const stays = (spell: Spell<AddressRecord>): boolean => sameValue(next(spell), named(spell.value));
  const same = stays(last);
  const before = spells.at(-2);
  let list: readonly Claim<AddressRecord>[] = until;
  // Somebody may have lived there before the family did.
  const dated = homeFrom === null ? null : later(homeFrom, lives.from);
  if (dated !== null && (!same || firstDay(dated) < firstDay(last.from))) {
    const kept = until.filter((c) => firstDay(c.from) < firstDay(dated));
    const from = kept.length === 0 ? lives.from : dated;
    list = [...kept, { ...lives, from, value: same ? last.value : next(last) }];
  } else if (!same && before !== undefined && continues(before, last) && stays(before))
    // Back where it was: the move in between is taken back.
    list = until.filter((c) => !isClaim(c, last));
  else if (!same)
    list = [...until.filter((c) => !isClaim(c, last)), { ...lives, from: last.from, value: next(last) }];
  if (!life.moved && !life.ended) return list === until ? held.addresses : [...list, ...after];
  const laid = layOut(list);
  return [...relived(laid, { ...lives, value: laid.at(-1)!.value }, life.moved), ...after];
}
