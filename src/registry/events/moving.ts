/** CAMBIO_ABITAZIONE and FAMIGLIA: who lives where, and with whom (tracciato.md 3). */
import { type Day, firstDay } from '../../kernel/day.ts';
import type { EntryState, HouseholdState } from '../claims/entry-state.ts';
import { layOut } from '../claims/timeline.ts';
import {
  type AnyContext,
  type Applier,
  applied,
  change,
  claimOf,
  type EventFault,
  isFault,
  namedEntry,
  namedHousehold,
  notApplicable,
  refused,
} from './applier.ts';
import { familyOf } from './arriving.ts';
import type { Movement } from './event-records.ts';
import { nobodyIn, notOpen, notResident, notThere } from './why-not.ts';
import {
  type EntryChange,
  type HouseholdChange,
  holdsOn,
  isOpen,
  keyOf,
  membershipOn,
  registrationOn,
} from './working-register.ts';

/** T5, T6: a tie not told. */
export const UNTOLD = '99';
export const HEAD = '1';

/** A tie to a household from this event on, and the household's address with it where he did not live there already. */
export function settle(
  ctx: AnyContext,
  entry: EntryState,
  household: HouseholdState,
  relazione: string,
): EntryChange[] {
  const before = membershipOn(entry, ctx.event.decorrenza);
  const tie = claimOf(ctx, { householdId: household.householdId, progressivo: null, relazione });
  const changes = [change(entry, 'memberships', tie)];
  if (before?.value.householdId !== household.householdId)
    changes.push(change(entry, 'dwellings', claimOf(ctx, { follows: household.householdId, address: null })));
  return changes;
}

/** The first day from which a member is known to live at the address that a full supply gave the household. */
function knownThereSince(
  register: AnyContext['register'],
  household: HouseholdState,
  after: Day,
): Day | null {
  let since: Day | null = null;
  for (const member of register.everMembers(household.householdId))
    for (const dwelling of member.dwellings) {
      const from = firstDay(dwelling.from);
      if (dwelling.value.follows !== household.householdId || dwelling.rank.day !== '' || from <= after)
        continue;
      if (since === null || from < since) since = from;
    }
  return since;
}

/** The household's new address; one learned of late gives way to the address that its members are known to have had later. */
function readdress(
  ctx: AnyContext,
  household: HouseholdState,
  indirizzo: HouseholdState['addresses'][number]['value'],
): HouseholdChange[] {
  const day = ctx.event.decorrenza;
  const changes: HouseholdChange[] = [{ household, kind: 'addresses', claim: claimOf(ctx, indirizzo) }];
  const since = knownThereSince(ctx.register, household, day);
  const then =
    since === null ? undefined : layOut(household.addresses).findLast((a) => firstDay(a.from) <= since);
  if (since !== null && then !== undefined && firstDay(then.from) <= day)
    changes.push({ household, kind: 'addresses', claim: claimOf(ctx, then.value, { from: since }) });
  return changes;
}

/** Members who live elsewhere than their family, as a correction said of them alone: all of it moves, they too. */
function rejoin(ctx: AnyContext, household: HouseholdState, members: readonly EntryState[]): EntryChange[] {
  const day = ctx.event.decorrenza;
  const apart = members.filter((entry) => {
    const dwelling = layOut(entry.dwellings).find((spell) => holdsOn(spell, day));
    return dwelling?.value.follows !== household.householdId;
  });
  const home = claimOf(ctx, { follows: household.householdId, address: null });
  return apart.map((entry) => change(entry, 'dwellings', home));
}

export const applyCambioAbitazione: Applier<'CAMBIO_ABITAZIONE'> = (ctx) => {
  const { dati, decorrenza } = ctx.event;
  const target = familyOf(ctx, dati.famiglia);
  if (isFault(target)) return refused(target);
  const isNew =
    target.eventId === ctx.eventId &&
    target.addresses.length === 1 &&
    !ctx.register.householdById(target.householdId);
  const newHouseholds = isNew ? [target] : [];
  if (!isNew && !isOpen(ctx.register, target, decorrenza))
    return refused({
      codice: 'SIP-204',
      id_famiglia: dati.famiglia.id,
      campo: 'id_famiglia',
      valore: dati.famiglia.id,
      perche: notOpen(ctx.register, target, decorrenza),
    });
  if (dati.id_famiglia !== null) {
    const from = namedHousehold(ctx, { kind: 'famiglia', id: dati.id_famiglia });
    if (isFault(from)) return refused(from);
    const members = ctx.register.membersOn(from.householdId, decorrenza);
    if (members.length === 0)
      return refused({
        codice: 'SIP-204',
        id_famiglia: dati.id_famiglia,
        campo: 'id_famiglia',
        valore: dati.id_famiglia,
        perche: nobodyIn(from),
      });
    if (from === target && dati.famiglia.indirizzo !== null)
      return applied({
        households: readdress(ctx, target, dati.famiglia.indirizzo),
        entries: rejoin(
          ctx,
          target,
          members.map((m) => m.entry),
        ),
      });
    const relations = new Map(dati.legami.map((l) => [l.id_soggetto, l.relazione]));
    return applied({
      newHouseholds,
      entries: members.flatMap(({ entry, tie }) => {
        // A family that moves whole keeps its ties; in the family of others they are not told.
        const kept = isNew ? tie.value.relazione : UNTOLD;
        return settle(ctx, entry, target, relations.get(entry.idSoggetto) ?? kept);
      }),
    });
  }
  const faults: EventFault[] = [];
  const entries: EntryChange[] = [];
  const relations = new Map(dati.legami.map((l) => [l.id_soggetto, l.relazione]));
  for (const id of dati.id_soggetti) {
    const entry = namedEntry(ctx, id);
    if (isFault(entry)) faults.push(entry);
    else if (registrationOn(entry, decorrenza) === undefined)
      faults.push(notApplicable(id, notResident(entry, decorrenza)));
    else entries.push(...settle(ctx, entry, target, relations.get(id) ?? UNTOLD));
  }
  return faults.length > 0 ? refused(...faults) : applied({ newHouseholds, entries });
};

/** Movements between households: each subject resident, and where the event says he was. */
export function move(
  ctx: AnyContext,
  movimenti: readonly Movement[],
  fresh: ReadonlyMap<string, HouseholdState>,
): {
  readonly faults: EventFault[];
  readonly entries: EntryChange[];
  readonly into: Map<EntryState, HouseholdState>;
} {
  const day = ctx.event.decorrenza;
  const faults: EventFault[] = [];
  const entries: EntryChange[] = [];
  const into = new Map<EntryState, HouseholdState>();
  for (const movement of movimenti) {
    const entry = namedEntry(ctx, movement.id_soggetto);
    const from = movement.da === null ? null : namedHousehold(ctx, movement.da);
    const target = fresh.get(keyOf(movement.a)) ?? namedHousehold(ctx, movement.a);
    const unknown = [entry, from, target].find((x): x is EventFault => x !== null && isFault(x));
    if (unknown !== undefined || isFault(entry) || isFault(target)) {
      if (unknown !== undefined) faults.push({ id_soggetto: movement.id_soggetto, ...unknown });
      continue;
    }
    const tie = membershipOn(entry, day);
    const elsewhere = from !== null && !isFault(from) && tie?.value.householdId !== from.householdId;
    const closed = !fresh.has(keyOf(movement.a)) && !isOpen(ctx.register, target, day);
    if (registrationOn(entry, day) === undefined || elsewhere || closed) {
      const perche =
        registrationOn(entry, day) === undefined
          ? notResident(entry, day)
          : elsewhere
            ? notThere(ctx.register, entry, from, day)
            : notOpen(ctx.register, target, day);
      faults.push(notApplicable(movement.id_soggetto, perche));
      continue;
    }
    entries.push(...settle(ctx, entry, target, movement.relazione));
    into.set(entry, target);
  }
  return { faults, entries, into };
}

export const applyFamiglia: Applier<'FAMIGLIA'> = (ctx) => {
  const { dati, decorrenza } = ctx.event;
  const fresh = new Map<string, HouseholdState>();
  if (dati.famiglia !== null) {
    const family = familyOf(ctx, dati.famiglia);
    if (isFault(family)) return refused(family);
    if (ctx.register.householdById(family.householdId) === undefined)
      fresh.set(keyOf({ kind: 'famiglia', id: family.idHousehold }), family);
  }
  const moved = move(ctx, dati.movimenti, fresh);
  if (moved.faults.length > 0) return refused(...moved.faults);
  const newHouseholds = [...fresh.values()];
  if (dati.id_intestatario === null) return applied({ newHouseholds, entries: moved.entries });

  const head = namedEntry(ctx, dati.id_intestatario);
  if (isFault(head)) return refused({ ...head, campo: 'id_intestatario' });
  const tie = membershipOn(head, decorrenza);
  const family =
    moved.into.get(head) ??
    (tie === undefined ? undefined : ctx.register.householdById(tie.value.householdId));
  if (family === undefined || registrationOn(head, decorrenza) === undefined)
    return refused({
      ...notApplicable(dati.id_intestatario, notResident(head, decorrenza)),
      campo: 'id_intestatario',
    });

  // "Of the family he is in after the movimenti": those who stay, and those who have just come in.
  const members = new Set<EntryState>(
    ctx.register
      .membersOn(family.householdId, decorrenza)
      .map((m) => m.entry)
      .filter((e) => !moved.into.has(e)),
  );
  for (const [entry, household] of moved.into) if (household === family) members.add(entry);
  members.add(head);
  const told = new Map(dati.relazioni.map((r) => [r.id_soggetto, r.relazione]));
  const faults: EventFault[] = [];
  for (const id of told.keys()) {
    const entry = namedEntry(ctx, id);
    if (isFault(entry)) faults.push(entry);
    else if (!members.has(entry))
      faults.push(notApplicable(id, notThere(ctx.register, entry, family, decorrenza)));
  }
  if (faults.length > 0) return refused(...faults);
  const others = moved.entries.filter(
    (c) => !(c.kind === 'memberships' && c.claim.value.householdId === family.householdId),
  );
  const ties = [...members].map((entry) =>
    change(
      entry,
      'memberships',
      claimOf(ctx, {
        householdId: family.householdId,
        progressivo: null,
        relazione: entry === head ? HEAD : (told.get(entry.idSoggetto) ?? UNTOLD),
      }),
    ),
  );
  const entriesToo = [...others, ...ties];
  const id_intestatario = dati.id_intestatario;
  // A family that begins with this event is headed from its first claim on: a second one of the same event and day would
  // be a second row of the same key.
  if (newHouseholds.includes(family)) {
    const headed = family.attributes.map((claim) => ({
      ...claim,
      value: { ...claim.value, id_intestatario },
    }));
    return applied({
      newHouseholds: newHouseholds.map((h) => (h === family ? { ...h, attributes: headed } : h)),
      entries: entriesToo,
    });
  }
  const named: HouseholdChange = {
    household: family,
    kind: 'attributes',
    claim: claimOf(
      ctx,
      { motivo: null, denominazione: null, id_intestatario },
      { stated: ['id_intestatario'] },
    ),
  };
  return applied({ newHouseholds, entries: entriesToo, households: [named] });
};
