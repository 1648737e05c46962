/**
 * Why an event does not apply (SIP-204), in words with which a clerk can act: which state forbids it, and since when, where
 * that is known. Pure.
 */
import { addDays, type Day, firstDay } from '../../kernel/day.ts';
import type { EntryState, HouseholdState } from '../claims/entry-state.ts';
import { lifeSpells } from '../claims/household-rows.ts';
import { registrationSpells } from '../claims/registration-spells.ts';
import type { Reason } from './applier.ts';
import { emptiedOn, membershipOn, registrationOn, type WorkingRegister } from './working-register.ts';

/** Dead by the end of `day`; undefined otherwise. */
function dead(entry: EntryState, day: Day): Reason | undefined {
  const death = entry.deaths.find((d) => firstDay(d.from) <= day);
  if (death === undefined) return undefined;
  return [`è già deceduto il ${death.from}`, `already dead since ${death.from}`];
}

/** Of somebody who is not resident at the end of `day`. */
export function notResident(entry: EntryState, day: Day): Reason {
  const died = dead(entry, day);
  if (died !== undefined) return died;
  const spells = registrationSpells(entry).map((r) => r.spell);
  const left = spells.findLast((s) => s.to !== null && firstDay(s.to) <= day);
  const comes = spells.find((s) => firstDay(s.from) > day);
  if (left?.to != null)
    return [
      `non è residente alla decorrenza: la sua iscrizione è finita il ${left.to}`,
      `not resident on the decorrenza: the registration ended on ${left.to}`,
    ];
  if (comes !== undefined)
    return [
      `non è residente alla decorrenza: la sua iscrizione comincia il ${comes.from}`,
      `not resident on the decorrenza: the registration begins on ${comes.from}`,
    ];
  return ['non è residente alla decorrenza', 'not resident on the decorrenza'];
}

/** Of somebody who may not leave or die on `day`: leaving is judged on the day before (In time). */
export function notLeaving(entry: EntryState, day: Day): Reason {
  const died = dead(entry, '9999-12-31' as Day);
  return died ?? notResident(entry, addDays(day, -1));
}

/** Of somebody who may not come in on `day`. */
export function notArriving(entry: EntryState, day: Day): Reason {
  const died = dead(entry, day);
  if (died !== undefined) return died;
  const since = registrationOn(entry, day)?.spell.from;
  if (since !== undefined) return [`è già residente dal ${since}`, `already resident since ${since}`];
  return ['è già nel registro con questo id_soggetto', 'already in the register under this id_soggetto'];
}

const called = (household: HouseholdState): Reason =>
  household.kind === 'famiglia'
    ? [`la famiglia «${household.idHousehold}»`, `famiglia «${household.idHousehold}»`]
    : [`la convivenza «${household.idHousehold}»`, `convivenza «${household.idHousehold}»`];

/** Of a household that takes nobody on `day`. */
export function notOpen(register: WorkingRegister, household: HouseholdState, day: Day): Reason {
  const life = lifeSpells(household, emptiedOn(register, household));
  const born = life[0]?.from;
  const closed = life.at(-1)?.to;
  const [it, en] = called(household);
  if (born !== undefined && day < firstDay(born))
    return [`${it} comincia il ${born}`, `${en} begins on ${born}`];
  if (closed != null) return [`${it} è chiusa dal ${closed}`, `${en} is closed since ${closed}`];
  return [`${it} non è aperta alla decorrenza`, `${en} is not open on the decorrenza`];
}

/** Of a household with nobody in it on that day. */
export function nobodyIn(household: HouseholdState): Reason {
  const [it, en] = called(household);
  return [`${it} non ha componenti quel giorno`, `${en} has no members on that day`];
}

/** Of a household that closes while somebody is in it, or is to come into it. */
export function stillIn(household: HouseholdState): Reason {
  const [it, en] = called(household);
  return [
    `è ancora, o entra poi, ${it.replace(/^la /, 'nella ')}: indicare prima dove va`,
    `still in ${en}, or to come into it: tell first where they go`,
  ];
}

/** Of somebody who would be in a household before it begins or after it ends. */
export function outsideOf(household: HouseholdState): Reason {
  const [it, en] = called(household);
  return [`sarebbe fuori della vita de${it.replace(/^la/, 'lla')}`, `would be outside the life of ${en}`];
}

/** Of somebody who is not in the household that the event says. */
export function notThere(
  register: WorkingRegister,
  entry: EntryState,
  household: HouseholdState,
  day: Day,
): Reason {
  const [it, en] = called(household);
  const tie = membershipOn(entry, day);
  const held = tie === undefined ? undefined : register.householdById(tie.value.householdId);
  const where: Reason =
    held === undefined ? ['', ''] : [`, ma in «${held.idHousehold}»`, `, but in «${held.idHousehold}»`];
  return [
    `alla decorrenza non è ${it.replace(/^la /, 'nella ')}${where[0]}`,
    `not in ${en} on the decorrenza${where[1]}`,
  ];
}
