/**
 * A subject or a household told again, whole: by SCHEDA, or by a later full supply (tracciato.md 1 and 3). Each difference
 * from what is held takes the place of the held fact from that fact's start, unless a date of its own is given; what does
 * not differ stays as it is, so that telling the same twice changes nothing. Pure.
 */
import { firstDay, type PartialDate } from '../../kernel/day.ts';
import type { EntryState, HouseholdState } from '../entry-state.ts';
import { registrationBound, registrationSpells } from '../registration-spells.ts';
import { type Claim, layOut, type Spell } from '../timeline.ts';

/** Which histories the supply speaks of for this subject: those replace what is held of the kind. */
export interface ToldHistories {
  readonly residenze: boolean;
  readonly iscrizioni: boolean;
  readonly stati_civili: boolean;
  readonly cittadinanze: boolean;
  readonly generalita: boolean;
  readonly legami: boolean;
}

const sameValue = (a: object, b: object): boolean => JSON.stringify(a) === JSON.stringify(b);
const sameSpell = (a: Spell<object>, b: Spell<object>): boolean =>
  a.from === b.from && a.to === b.to && sameValue(a.value, b.value);

type Bound = (from: Parameters<typeof firstDay>[0] & string) => PartialDate | null;

/** A history told whole: the same spells stay the claims they are, the others take their place. */
function history<T extends object>(
  held: readonly Claim<T>[],
  told: readonly Claim<T>[],
  heldBound: Bound,
  toldBound: Bound,
): Claim<T>[] {
  const heldSpells = layOut(held, heldBound as never);
  const toldSpells = layOut(told, toldBound as never);
  const shown = (spells: Spell<T>[]): Spell<T>[] => spells.filter((s) => s.to === null || s.from !== s.to);
  const kept = new Map<Spell<T>, Claim<T>>();
  for (const t of toldSpells) {
    const same = shown(heldSpells).find((h) => sameSpell(h, t));
    const claim =
      same === undefined
        ? undefined
        : held.find((c) => c.from === same.from && c.eventId === same.eventId && c.source === same.source);
    if (claim !== undefined) kept.set(t, claim);
  }
  if (kept.size === toldSpells.length && shown(heldSpells).length === toldSpells.length) return [...held];
  return toldSpells.map(
    (t, i) =>
      kept.get(t) ?? {
        ...told.find((c) => c.source === t.source && c.from === t.from)!,
        rank: told[i]?.rank ?? t.rank,
      },
  );
}

/** A value with the absent cells of what is told left as they are held: "cells that are absent assert nothing". */
function over<T extends object>(held: T, told: T): T {
  const given = Object.entries(told).filter(([, value]) => value !== null);
  return { ...held, ...Object.fromEntries(given) } as T;
}

/**
 * One present fact told again.
 * @param own the date of its own that was told with it, or null
 */
function present<T extends object>(
  held: readonly Claim<T>[],
  told: Claim<T> | undefined,
  own: PartialDate | null,
): Claim<T>[] {
  if (told === undefined) return [...held];
  const open = layOut(held).at(-1);
  if (open === undefined) return [told];
  const value = over(open.value, told.value);
  const same = sameValue(value, open.value);
  if (same && (own === null || own === open.from)) return [...held];
  const later = own !== null && firstDay(own) > firstDay(open.from) && !same;
  const others = later
    ? held
    : held.filter((c) => !(c.eventId === open.eventId && c.source === open.source && c.from === open.from));
  return [...others, { ...told, from: own ?? open.from, value, stated: null }];
}

function registrations(
  held: EntryState,
  told: EntryState,
  histories: ToldHistories,
): Pick<EntryState, 'registrations' | 'departures'> {
  const before = registrationSpells(held);
  const after = registrationSpells(told);
  const last = before.at(-1);
  const now = after.at(-1);
  if (now === undefined) return held;
  const flat = (r: (typeof after)[number]) => [
    r.spell.from,
    r.spell.to,
    r.departure,
    r.spell.value.motivo_iscrizione,
    r.spell.value.comune_provenienza,
    r.spell.value.stato_provenienza,
  ];
  const same = last !== undefined && JSON.stringify(flat(last)) === JSON.stringify(flat(now));
  if (same && !histories.iscrizioni) return held;
  if (histories.iscrizioni) {
    const all = JSON.stringify(before.map(flat)) === JSON.stringify(after.map(flat));
    return all ? held : { registrations: told.registrations, departures: [] };
  }
  const claim = told.registrations.at(-1)!;
  // A registration that begins where or after the held one ended is another one; else it is the same, told better.
  const another =
    last !== undefined && last.spell.to !== null && firstDay(last.spell.to) <= firstDay(now.spell.from);
  if (last === undefined || another)
    return { registrations: [...held.registrations, claim], departures: held.departures };
  const others = held.registrations.filter(
    (c) => !(c.from === last.spell.from && c.eventId === last.spell.eventId),
  );
  const departures = held.departures.filter((d) => firstDay(d.from) < firstDay(last.spell.from));
  return { registrations: [...others, claim], departures };
}

/** The start that the row itself gives to a fact of the present, where the fact is not told by a history. */
export interface OwnDates {
  readonly stato_civile: PartialDate | null;
  readonly cittadinanza: PartialDate | null;
}

/** The entry as it is held from now on; the same object where nothing differs. */
export function realignEntry(
  held: EntryState,
  told: EntryState,
  histories: ToldHistories,
  own: OwnDates,
): EntryState {
  const registration = registrations(held, told, histories);
  const next: EntryState = { ...held, ...registration };
  const heldBound = registrationBound(registrationSpells(held)) as Bound;
  const toldBound = registrationBound(registrationSpells(next)) as Bound;
  const none: Bound = () => null;
  const unchanged =
    registration === held ||
    (registration.registrations === held.registrations && registration.departures === held.departures);
  const result: EntryState = {
    ...next,
    deaths: present(held.deaths, told.deaths[0], told.deaths[0]?.from ?? null),
    identities: histories.generalita
      ? history(held.identities, told.identities, none, none)
      : present(held.identities, told.identities.at(-1), null),
    civilStatuses: histories.stati_civili
      ? history(held.civilStatuses, told.civilStatuses, none, none)
      : present(held.civilStatuses, told.civilStatuses.at(-1), own.stato_civile),
    citizenships: histories.cittadinanze
      ? history(held.citizenships, told.citizenships, none, none)
      : present(held.citizenships, told.citizenships.at(-1), own.cittadinanza),
    memberships: histories.legami
      ? history(held.memberships, told.memberships, heldBound, toldBound)
      : [...held.memberships],
    dwellings: dwellings(held, told, histories, heldBound, toldBound),
    parents: present(held.parents, told.parents[0], null),
    documents: present(held.documents, told.documents[0], told.documents[0]?.from ?? null),
    permits: present(held.permits, told.permits[0], null),
    declarations: present(held.declarations, told.declarations[0], null),
    protections: present(held.protections, told.protections[0], null),
  };
  return unchanged && sameValue(result, held) ? held : result;
}

/** Dwellings: the history where it is told; else, where the household has changed, the new one's address from the tie's day. */
function dwellings(
  held: EntryState,
  told: EntryState,
  histories: ToldHistories,
  heldBound: Bound,
  toldBound: Bound,
): EntryState['dwellings'] {
  if (histories.residenze) return history(held.dwellings, told.dwellings, heldBound, toldBound);
  const open = layOut(held.dwellings, heldBound as never).at(-1);
  const now = told.dwellings.at(-1);
  if (now === undefined || (open !== undefined && open.value.follows === now.value.follows))
    return [...held.dwellings];
  const since = told.memberships.at(-1)?.from ?? now.from;
  return [...held.dwellings, { ...now, from: since }];
}

/** The household as it is held from now on; the same object where nothing differs. */
export function realignHousehold(held: HouseholdState, told: HouseholdState): HouseholdState {
  const was = layOut(held.attributes).at(-1);
  const now = told.attributes[0];
  if (was === undefined || now === undefined) return told;
  const value = over(was.value, now.value);
  const sameLife =
    firstDay(held.attributes.map((a) => a.from).sort()[0]!) === firstDay(now.from) &&
    was.statedTo === now.statedTo;
  const attributes =
    sameLife && sameValue(value, was.value)
      ? held.attributes
      : sameLife
        ? [
            ...held.attributes.filter((a) => a.from !== was.from || a.eventId !== was.eventId),
            { ...now, from: was.from, value },
          ]
        : [{ ...now, value }];
  const lived = layOut(held.addresses).at(-1);
  const lives = told.addresses[0]!;
  const addresses =
    lived !== undefined && sameValue(lived.value, lives.value)
      ? held.addresses
      : [
          ...held.addresses.filter(
            (a) => lived === undefined || a.from !== lived.from || a.eventId !== lived.eventId,
          ),
          { ...lives, from: lived?.from ?? lives.from },
        ];
  return attributes === held.attributes && addresses === held.addresses
    ? held
    : { ...held, attributes, addresses };
}
