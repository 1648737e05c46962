/** MORTE and CANCELLAZIONE: how a registration ends, and what a death makes of the surviving spouse (tracciato.md 3). */
import { addDays, type Day, firstDay } from '../../kernel/day.ts';
import type { CivilStatusValue, EntryState } from '../claims/entry-state.ts';
import { layOut } from '../claims/timeline.ts';
import {
  type Applier,
  applied,
  change,
  claimOf,
  type EventContext,
  type EventFault,
  isFault,
  namedEntry,
  notApplicable,
  refused,
} from './applier.ts';
import { notLeaving } from './why-not.ts';
import { type EntryChange, holdsOn, registrationOn, type WorkingRegister } from './working-register.ts';

/** Resident on the day before, "or on that same day where the registration begins on it" (In time). */
export function mayLeave(entry: EntryState, day: Day): boolean {
  if (registrationOn(entry, addDays(day, -1)) !== undefined) return true;
  const that = registrationOn(entry, day);
  return that !== undefined && firstDay(that.spell.from) === day;
}

/** The civil status held at the end of a day. */
export function statusOn(entry: EntryState, day: Day): CivilStatusValue | undefined {
  return layOut(entry.civilStatuses).find((spell) => holdsOn(spell, day))?.value;
}

/** The present code of an entry, as others may name it. */
export function presentCode(entry: EntryState): string | null {
  return layOut(entry.identities).at(-1)?.value.codice_fiscale ?? null;
}

/** Does a status name this entry as the spouse? By the register's number where given, by codice fiscale otherwise. */
export function names(status: CivilStatusValue, spouse: EntryState): boolean {
  if (status.id_coniuge !== null) return status.id_coniuge === spouse.idSoggetto;
  return status.cf_coniuge !== null && status.cf_coniuge === presentCode(spouse);
}

/** The entry of this register that a status names. */
export function spouseOf(register: WorkingRegister, status: CivilStatusValue): EntryState | undefined {
  if (status.id_coniuge !== null) return register.entry(status.id_coniuge);
  if (status.cf_coniuge === null) return undefined;
  for (const entry of register.everBearing(status.cf_coniuge))
    if (presentCode(entry) === status.cf_coniuge) return entry;
  return undefined;
}

/** T1: what the survivor of a marriage (2) and of a civil union (6) becomes. */
export const SURVIVOR: Readonly<Record<string, string>> = { '2': '3', '6': '7' };

/** Those who outlive a spouse of this register who names them and whom they name. */
export function survivorOf(register: WorkingRegister, dead: EntryState, day: Day): EntryState | undefined {
  const status = statusOn(dead, addDays(day, -1)) ?? statusOn(dead, day);
  if (status === undefined || SURVIVOR[status.stato_civile] === undefined) return undefined;
  const spouse = spouseOf(register, status);
  if (spouse === undefined || spouse.deaths.some((d) => firstDay(d.from) <= day)) return undefined;
  return spouse;
}

function widowing(ctx: EventContext<'MORTE'>, dead: EntryState): EntryChange[] {
  const day = ctx.event.decorrenza;
  const spouse = survivorOf(ctx.register, dead, day);
  if (spouse === undefined) return [];
  const status = statusOn(spouse, day);
  const becomes = status === undefined ? undefined : SURVIVOR[status.stato_civile];
  // The survivor's own declaration, come first, has absorbed this already; its day holds.
  const declared = spouse.civilStatuses.some(
    (c) => (c.value.stato_civile === '3' || c.value.stato_civile === '7') && firstDay(c.from) >= day,
  );
  if (status === undefined || becomes === undefined || !names(status, dead) || declared) return [];
  return [
    change(
      spouse,
      'civilStatuses',
      claimOf(ctx, { stato_civile: becomes, id_coniuge: null, cf_coniuge: null, atto: null }),
    ),
  ];
}

export const applyMorte: Applier<'MORTE'> = (ctx) => {
  const { dati, decorrenza } = ctx.event;
  const entry = namedEntry(ctx, dati.id_soggetto);
  if (isFault(entry)) return refused(entry);
  // "A death after a cancellation is recorded all the same, and counted nowhere."
  const gone = entry.registrations.some((r) => firstDay(r.from) < decorrenza);
  if (entry.deaths.length > 0 || !(mayLeave(entry, decorrenza) || gone))
    return refused(notApplicable(dati.id_soggetto, notLeaving(entry, decorrenza)));
  const death = claimOf(
    ctx,
    { comune_morte: dati.comune_morte, stato_morte: dati.stato_morte },
    { from: dati.data_morte },
  );
  const survivor = survivorOf(ctx.register, entry, decorrenza);
  return applied({
    entries: [change(entry, 'deaths', death), ...widowing(ctx, entry)],
    touched: survivor === undefined ? [] : [survivor],
  });
};

export const applyCancellazione: Applier<'CANCELLAZIONE'> = (ctx) => {
  const { dati, decorrenza } = ctx.event;
  const changes: EntryChange[] = [];
  const faults: EventFault[] = [];
  for (const id of dati.id_soggetti) {
    const entry = namedEntry(ctx, id);
    if (isFault(entry)) faults.push(entry);
    else if (!mayLeave(entry, decorrenza)) faults.push(notApplicable(id, notLeaving(entry, decorrenza)));
    else
      changes.push(
        change(
          entry,
          'departures',
          claimOf(ctx, {
            motivo_cancellazione: dati.motivo,
            comune_destinazione: dati.destinazione?.comune ?? null,
            stato_destinazione: dati.destinazione?.stato ?? null,
          }),
        ),
      );
  }
  return faults.length > 0 ? refused(...faults) : applied({ entries: changes });
};
