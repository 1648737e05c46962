/** TERRITORIO: an area passes to or from another comune on a day, with its residents (tracciato.md 3). */
import { addDays, type Day } from '../../kernel/day.ts';
import type { EntryState } from '../claims/entry-state.ts';
import type { AddressRecord } from '../claims/records.ts';
import { registrationBound, registrationSpells } from '../claims/registration-spells.ts';
import { type Claim, layOut } from '../claims/timeline.ts';
import {
  type Applier,
  applied,
  change,
  claimOf,
  type EventFault,
  isFault,
  NO_CHANGES,
  namedHousehold,
  refused,
} from './applier.ts';
import { arrive } from './arriving.ts';
import type { EventData } from './event-records.ts';
import { mayLeave } from './leaving.ts';
import { nobodyIn } from './why-not.ts';
import {
  type EntryChange,
  holdsOn,
  membershipOn,
  registrationOn,
  type WorkingRegister,
} from './working-register.ts';

/** T15: passed to another comune with the land. */
const WITH_THE_LAND = '13';

/** Where an entry lived at the end of a day. */
export function addressOn(register: WorkingRegister, entry: EntryState, day: Day): AddressRecord | null {
  const bound = registrationBound(registrationSpells(entry));
  const spell = layOut(entry.dwellings, bound).find((s) => holdsOn(s, day));
  if (spell === undefined) return null;
  if (spell.value.follows === null) return spell.value.address;
  const home = register.householdById(spell.value.follows);
  if (home === undefined) return null;
  const spells = layOut(home.addresses);
  return (spells.find((a) => holdsOn(a, day)) ?? spells[0])?.value ?? null;
}

/** Land given away: who lives on it leaves on that day, also who is learned of later. */
export interface Cession {
  readonly eventId: number;
  readonly day: Day;
  readonly a: string;
  readonly sezioni: readonly string[];
  readonly id_famiglie: readonly string[];
  readonly claim: <T>(value: T) => Claim<T>;
}

/** As leaving is judged: on the day before, or on the day itself where the registration begins on it (In time). */
function livesThere(register: WorkingRegister, entry: EntryState, cession: Cession): boolean {
  if (!mayLeave(entry, cession.day)) return false;
  const before = addDays(cession.day, -1);
  const eve = registrationOn(entry, before) === undefined ? cession.day : before;
  const tie = membershipOn(entry, eve);
  const family = tie === undefined ? undefined : register.householdById(tie.value.householdId);
  if (family !== undefined && family.kind === 'famiglia' && cession.id_famiglie.includes(family.idHousehold))
    return true;
  const sezione = addressOn(register, entry, eve)?.sezione;
  return sezione != null && cession.sezioni.includes(sezione);
}

/** The departures that a cession makes of those entries that have none of it yet. */
function ceded(register: WorkingRegister, entries: Iterable<EntryState>, cession: Cession): EntryChange[] {
  const changes: EntryChange[] = [];
  for (const entry of entries) {
    if (entry.departures.some((d) => d.eventId === cession.eventId)) continue;
    if (!livesThere(register, entry, cession)) continue;
    changes.push(
      change(
        entry,
        'departures',
        cession.claim({
          motivo_cancellazione: WITH_THE_LAND,
          comune_destinazione: cession.a,
          stato_destinazione: null,
        }),
      ),
    );
  }
  return changes;
}

/** Who is learned since not to have lived on the land that day: they did not leave with it. */
function notCeded(register: WorkingRegister, entries: Iterable<EntryState>, cession: Cession): EntryState[] {
  const stayed: EntryState[] = [];
  for (const entry of entries) {
    const departures = entry.departures.filter((d) => d.eventId !== cession.eventId);
    if (departures.length === entry.departures.length) continue;
    const before = { ...entry, departures };
    if (!livesThere(register, before, cession)) stayed.push(before);
  }
  return stayed;
}

/** Makes a cession hold of entries as they are known now. @returns those who leave with it and did not before */
export function cede(
  register: WorkingRegister,
  entries: readonly EntryState[],
  cession: Cession,
): readonly number[] {
  const replacedEntries = notCeded(register, entries, cession);
  const changes = ceded(register, entries, cession);
  if (replacedEntries.length + changes.length > 0)
    register.commit({ ...NO_CHANGES, replacedEntries, entries: changes }, cession.eventId);
  return changes.map(({ entry }) => entry.entryId);
}

export const applyTerritorio: Applier<'TERRITORIO'> = (ctx) => {
  const { dati, decorrenza } = ctx.event;
  if (dati.a === null) return arrive(ctx, dati.soggetti, dati.famiglie, { comune: dati.da, stato: null });
  const faults: EventFault[] = [];
  for (const id of dati.id_famiglie) {
    const family = namedHousehold(ctx, { kind: 'famiglia', id });
    if (isFault(family)) faults.push(family);
    else if (ctx.register.membersOn(family.householdId, addDays(decorrenza, -1)).length === 0)
      faults.push({
        codice: 'SIP-204',
        id_famiglia: id,
        campo: 'id_famiglie',
        valore: id,
        perche: nobodyIn(family),
      });
  }
  if (faults.length > 0) return refused(...faults);
  return applied({
    entries: ceded(
      ctx.register,
      ctx.register.entries,
      cessionOf(dati, ctx.eventId, decorrenza, (v) => claimOf(ctx, v)),
    ),
  });
};

export function cessionOf(
  dati: EventData['TERRITORIO'],
  eventId: number,
  day: Day,
  claim: Cession['claim'],
): Cession {
  return { eventId, day, a: dati.a ?? '', sezioni: dati.sezioni, id_famiglie: dati.id_famiglie, claim };
}
