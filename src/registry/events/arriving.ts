/** NASCITA and ISCRIZIONE: how somebody comes into the register, into a family that is there or comes with him. */
import { firstDay } from '../../kernel/day.ts';
import { type ClaimContext, entryClaims } from '../claims/bundle-claims.ts';
import type { EntryState, HouseholdState } from '../claims/entry-state.ts';
import {
  type AddressRecord,
  type EntryBundle,
  NO_CONTRADICTION,
  type SoggettoRecord,
} from '../claims/records.ts';
import { sourceRow } from '../claims/source-row.ts';
import type { Claim } from '../claims/timeline.ts';
import {
  type AnyContext,
  type Applied,
  type Applier,
  applied,
  change,
  claimOf,
  type EventFault,
  isFault,
  namedHousehold,
  notApplicable,
  refused,
} from './applier.ts';
import type { HouseholdInEvent, HouseholdKey, LegameInEvent, Place } from './event-records.ts';
import { notArriving, notOpen } from './why-not.ts';
import { type EntryChange, isOpen, keyOf, registrationOn } from './working-register.ts';

/** A household that begins with this event. */
export function newHousehold(
  ctx: AnyContext,
  key: HouseholdKey,
  attributes: HouseholdState['attributes'][number]['value'],
  indirizzo: AddressRecord,
): HouseholdState {
  return {
    householdId: ctx.numbering.household(key),
    comune: ctx.register.comune,
    kind: key.kind,
    idHousehold: key.id,
    eventId: ctx.eventId,
    attributes: [claimOf(ctx, attributes)],
    addresses: [claimOf(ctx, indirizzo)],
  };
}

/** The family of an event: a new one where its address is given and nobody knows it, else the one that is there. */
export function familyOf(ctx: AnyContext, famiglia: HouseholdInEvent): HouseholdState | EventFault {
  const key = { kind: 'famiglia', id: famiglia.id } as const;
  const known = ctx.register.household(key);
  if (known !== undefined || famiglia.indirizzo === null) return namedHousehold(ctx, key);
  return newHousehold(
    ctx,
    key,
    { motivo: famiglia.motivo, denominazione: null, id_intestatario: null },
    famiglia.indirizzo,
  );
}

interface Arrival {
  readonly soggetto: SoggettoRecord;
  readonly legame: LegameInEvent;
}

const bundleOf = (soggetto: SoggettoRecord): EntryBundle => ({
  soggetto,
  legami: [],
  residenze: [],
  iscrizioni: [],
  stati_civili: [],
  cittadinanze: [],
  generalita: [],
  contradicted: NO_CONTRADICTION,
});

/** Claims of the row that comes with an event, as those of a full supply (rows inside events are rows). */
function rowClaims(ctx: AnyContext, soggetto: SoggettoRecord, entryId: number): EntryState {
  const claims: ClaimContext = {
    comune: ctx.register.comune,
    eventId: ctx.eventId,
    rank: ctx.rank,
    entryId: () => entryId,
    householdId: () => 0,
  };
  const state = entryClaims(claims, bundleOf(soggetto), { get: () => undefined });
  const source = sourceRow('eventi.jsonl', ctx.event.riga);
  const relined = Object.entries(state).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.map((claim: object) => ({ ...claim, source })) : value,
  ]);
  return Object.fromEntries(relined) as EntryState;
}

/** "An absent key leaves a value as it was": a claim of the cells that are filled. */
function told<T extends object>(claim: Claim<T>): Claim<T> {
  const stated = Object.entries(claim.value).flatMap(([column, value]) => (value === null ? [] : [column]));
  return { ...claim, stated };
}

const PLACE = ['comune_nascita', 'stato_nascita', 'localita_nascita'];

/** A code comes with its validity ("without validita_cf is 9"), and the place of birth is one. */
function identityTold(claim: EntryState['identities'][number]): EntryState['identities'][number] {
  const given = told(claim);
  const code = claim.value.codice_fiscale !== null;
  return {
    ...given,
    stated: [...new Set([...(given.stated ?? []), ...PLACE, ...(code ? ['validita_cf'] : [])])],
    value: { ...claim.value, validita_cf: code ? (claim.value.validita_cf ?? '9') : null },
  };
}

/** What somebody brings who is in the register already and comes back: a registration, and whatever now differs. */
function returning(entry: EntryState, row: EntryState): EntryChange[] {
  return [
    ...row.registrations.map((claim) => change(entry, 'registrations', claim)),
    ...row.identities.map((claim) => change(entry, 'identities', identityTold(claim))),
    ...row.civilStatuses.map((claim) => change(entry, 'civilStatuses', claim)),
    ...row.citizenships.map((claim) => change(entry, 'citizenships', claim)),
    ...row.parents.map((claim) => change(entry, 'parents', told(claim))),
    ...row.documents.map((claim) => change(entry, 'documents', told(claim))),
    ...row.permits.map((claim) => change(entry, 'permits', told(claim))),
    ...row.declarations.map((claim) => change(entry, 'declarations', told(claim))),
    ...row.protections.map((claim) => change(entry, 'protections', claim)),
  ];
}

/** Whence the event says that all of them come, where the row does not say it itself. */
function comingFrom(soggetto: SoggettoRecord, place: Place | null): SoggettoRecord {
  if (place === null || soggetto.comune_provenienza !== null || soggetto.stato_provenienza !== null)
    return soggetto;
  return { ...soggetto, comune_provenienza: place.comune, stato_provenienza: place.stato };
}

/** Lets the subjects in, into `families` that begin with the event or into households that are there. */
export function arrive(
  ctx: AnyContext,
  arrivals: readonly Arrival[],
  families: readonly HouseholdInEvent[],
  provenienza: Place | null,
): Applied {
  const day = ctx.event.decorrenza;
  const faults: EventFault[] = [];
  const newHouseholds: HouseholdState[] = [];
  const newEntries: EntryState[] = [];
  const changes: EntryChange[] = [];
  for (const famiglia of families) {
    const household = familyOf(ctx, famiglia);
    if (isFault(household)) faults.push(household);
    else if (household.eventId === ctx.eventId) newHouseholds.push(household);
  }
  const fresh = new Map(newHouseholds.map((h) => [keyOf({ kind: h.kind, id: h.idHousehold }), h]));
  for (const { soggetto: row, legame } of arrivals) {
    const soggetto = comingFrom(row, provenienza);
    const household = fresh.get(keyOf(legame.household)) ?? namedHousehold(ctx, legame.household);
    if (isFault(household)) {
      faults.push({ ...household, id_soggetto: soggetto.id_soggetto });
      continue;
    }
    if (!fresh.has(keyOf(legame.household)) && !isOpen(ctx.register, household, day)) {
      const perche = notOpen(ctx.register, household, day);
      faults.push({
        ...notApplicable(soggetto.id_soggetto, perche),
        campo: 'legame',
        valore: legame.household.id,
      });
      continue;
    }
    const known = ctx.register.entry(soggetto.id_soggetto);
    const tie = claimOf(ctx, {
      householdId: household.householdId,
      progressivo: null,
      relazione: legame.relazione,
    });
    const home = claimOf(ctx, { follows: household.householdId, address: null });
    if (known === undefined) {
      const entry = rowClaims(ctx, soggetto, ctx.numbering.entry(soggetto.id_soggetto));
      newEntries.push({ ...entry, memberships: [tie], dwellings: [home] });
      continue;
    }
    const dead = known.deaths.some((d) => firstDay(d.from) <= day);
    if (dead || registrationOn(known, day) !== undefined || ctx.event.operazione === 'NASCITA') {
      faults.push(notApplicable(soggetto.id_soggetto, notArriving(known, day)));
      continue;
    }
    changes.push(
      ...returning(known, rowClaims(ctx, soggetto, known.entryId)),
      change(known, 'memberships', tie),
      change(known, 'dwellings', home),
    );
  }
  return faults.length > 0 ? refused(...faults) : applied({ newEntries, newHouseholds, entries: changes });
}

export const applyNascita: Applier<'NASCITA'> = (ctx) => arrive(ctx, [ctx.event.dati], [], null);

export const applyIscrizione: Applier<'ISCRIZIONE'> = (ctx) => {
  const { soggetti, famiglia, provenienza } = ctx.event.dati;
  return arrive(ctx, soggetti, famiglia === null ? [] : [famiglia], provenienza);
};
