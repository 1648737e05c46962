/** What should never have been told: events annulled later, and facts of the full supply corrected. */
import { dayText } from '../calendar.ts';
import type { Happening } from './event-log.ts';
import { isHead, type Member } from './living.ts';
import {
  addressColumns,
  ageOn,
  drawAddress,
  type Happen,
  recordedAfter,
  subjectColumns,
  type Town,
  tell,
  townOf,
  type World,
} from './world.ts';

/** An event about the member that is no such thing: somebody else of the same name, a declaration withdrawn. */
function untrue(
  world: World,
  member: Member,
  town: Town,
  day: number,
): { event: Omit<Happening, 'registrazione'>; change: number } {
  const { random } = world;
  const { person, home } = member;
  const id = { id_soggetto: person.id };
  const apart = home.members.length === 1 || (!isHead(member) && !home.convivenza);
  const n = random.float();
  if (apart && n < 0.25) {
    const dati = { ...id, data_morte: dayText(day), comune_morte: town.comune.code };
    return { event: { operazione: 'MORTE', decorrenza: day, dati }, change: -1 };
  }
  if (apart && n < 0.45) {
    const dati = { motivo: '6', id_soggetti: [person.id] };
    return { event: { operazione: 'CANCELLAZIONE', decorrenza: day, dati }, change: -1 };
  }
  if (!home.convivenza && n < 0.8) {
    const famiglia = { id_famiglia: home.id, ...addressColumns(drawAddress(world, town, day)) };
    const dati = { id_famiglia: home.id, famiglia };
    return { event: { operazione: 'CAMBIO_ABITAZIONE', decorrenza: day, dati }, change: 0 };
  }
  const dati = { ...id, documento_tipo: 'CIE', documento_numero: `CA${random.int(10000, 99999)}ZZ` };
  return { event: { operazione: 'DOCUMENTO', decorrenza: day, dati }, change: 0 };
}

/** Told, and annulled some weeks later, as if it had never been. */
export const isMistaken: Happen = (world, clan, member, day) => {
  const { random, months, population } = world;
  if (ageOn(member.person, day) < 18) return false;
  const town = townOf(world, member.home);
  const { event, change } = untrue(world, member, town, day);
  const registrazione = recordedAfter(world, day, 6, 0);
  const id = town.log.add({ ...event, registrazione });
  clan.clock = registrazione;
  if (id === '') return true;
  const undone = registrazione + random.int(2, 60);
  clan.clock = undone;
  const { dati: _, ...head } = event;
  const annulled = town.log.annul(id, { ...head, registrazione: undone }) !== '';
  if (change !== 0)
    population.count(
      town.index,
      change,
      day,
      months.of(registrazione),
      annulled ? months.of(undone) : undefined,
    );
  return true;
};

/** A fact that came with the full supply was wrong: the act of the civil status, the number of the card. */
export const isCorrected: Happen = (world, clan, member, day) => {
  const { random } = world;
  const { person, home } = member;
  if (member.ids.size > 1 || !member.full) return false;
  const town = townOf(world, home);
  const registrazione = recordedAfter(world, day, 6, 0);
  const id = { id_soggetto: person.id };
  const { status } = person;
  if (status.status !== '1' && random.chance(0.5)) {
    const spouse = status.spouse !== null && status.spouse.register === home.town ? status.spouse : null;
    if (spouse !== null || ['2', '6'].includes(status.status)) return false;
    const dati = {
      ...id,
      stato_civile: status.status,
      atto: `${town.comune.code}/${dayText(status.from).slice(0, 4)}/II/C/${random.int(1, 400)}`,
    };
    const event = {
      operazione: 'STATO_CIVILE',
      decorrenza: status.from,
      happened: status.from,
      registrazione,
      dati,
    };
    town.log.correct({ ...id, fatto: 'STATO_CIVILE' }, event);
    clan.clock = registrazione;
    return true;
  }
  // A card given since is an event of its own, and no fact of the full supply.
  if (person.documentFrom === 0 || person.documentFrom >= world.months.first(1) - 15) return false;
  const number = `${person.documentNumber.slice(0, -1)}Q`;
  const dati = {
    ...id,
    documento_tipo: person.documentKind,
    documento_numero: number,
    documento_rilascio: dayText(person.documentFrom),
    documento_scadenza: dayText(person.documentTo),
  };
  town.log.correct(
    { ...id, fatto: 'DOCUMENTO' },
    { operazione: 'DOCUMENTO', decorrenza: person.documentFrom, registrazione, dati },
  );
  person.documentNumber = number;
  clan.clock = registrazione;
  return true;
};

/** The card told again, whole, for a title of study that had been written wrongly (SCHEDA): of those who never left this register. */
export const cardIsTold: Happen = (world, clan, member, day) => {
  const { person, home } = member;
  if (member.ids.size > 1 || !member.full || person.education === '') return false;
  const registrazione = recordedAfter(world, day, 6, 0);
  person.education = person.education === 'C' ? 'G' : 'C';
  tell(world, clan, townOf(world, home), {
    operazione: 'SCHEDA',
    decorrenza: day,
    registrazione,
    dati: { soggetti: [subjectColumns(person, home.town, registrazione)] },
  });
  return true;
};
