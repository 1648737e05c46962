/** Marriages and unions, divorces, citizenship, names, parents. */
import { elsewhere } from '../birthplaces.ts';
import { OPEN, YEAR } from '../calendar.ts';
import { marry, registration, statusFrom } from '../drafting.ts';
import { fiscalCode } from '../fiscal-code.ts';
import type { Person } from '../model.ts';
import { NATIONS } from '../names-foreign.ts';
import { goesAlone } from './dwellings.ts';
import { headOf, isHead, type Member, memberOf, putIn } from './living.ts';
import {
  actIn,
  ageOn,
  enrol,
  type Happen,
  homeKey,
  recordedAfter,
  subjectColumns,
  tell,
  townOf,
} from './world.ts';

const free = (person: Person): boolean => ['1', '3', '4', '7', '8'].includes(person.status.status);

/** Two who live together marry, or bind themselves in a civil union. */
export const marries: Happen = (world, clan, member, day) => {
  const { random } = world;
  const { home, person } = member;
  const head = headOf(home);
  if (member.relation !== '23' || head === undefined) return false;
  const other = head.person;
  if (!free(person) || !free(other) || ageOn(person, day) < 18 || ageOn(other, day) < 18) return false;
  const status = person.sex === other.sex ? '6' : '2';
  const town = townOf(world, home);
  const act = actIn(world, town, day, 'II');
  const registrazione = recordedAfter(world, day, 12);
  const pratica = town.log.nextPratica(day);
  const weds = (subject: Person, spouse: Person): object => ({
    id_soggetto: subject.id,
    stato_civile: status,
    id_coniuge: spouse.id,
    ...(spouse.code === '' ? {} : { cf_coniuge: spouse.code }),
    atto: act,
  });
  const event = { operazione: 'STATO_CIVILE', decorrenza: day, registrazione, pratica } as const;
  tell(world, clan, town, { ...event, dati: weds(other, person) });
  // Some packages tell of both; the second event changes nothing.
  if (random.chance(0.3)) tell(world, clan, town, { ...event, dati: weds(person, other) });
  marry(person, other, day, status, act);
  member.relation = status === '6' ? '28' : '2';
  tell(world, clan, town, {
    ...event,
    operazione: 'FAMIGLIA',
    dati: {
      id_intestatario: other.id,
      relazioni: home.members
        .filter((m) => m !== head)
        .map((m) => ({ id_soggetto: m.person.id, relazione: m.relation })),
    },
  });
  return true;
};

/** Somebody who lives alone marries one from elsewhere, who mostly comes to live there. */
export const marriesAway: Happen = (world, clan, member, day) => {
  const { random, drafting } = world;
  const { home, person } = member;
  const age = ageOn(person, day);
  if (home.convivenza || !free(person) || !isHead(member) || age < 21 || age > 60) return false;
  if (home.members.some((m) => m.relation === '23')) return false;
  const town = townOf(world, home);
  drafting.begin(random.next(), home.town);
  const nation = random.chance(0.25) ? NATIONS.draw(random) : null;
  const birth = Math.min(person.birth + random.int(-1800, 1800), day - Math.round(19 * YEAR));
  const spouse = drafting.person(person.sex === 'M' ? 'F' : 'M', birth, nation, false);
  const act = actIn(world, town, day, 'II');
  const registrazione = recordedAfter(world, day, 12);
  tell(world, clan, town, {
    operazione: 'STATO_CIVILE',
    decorrenza: day,
    registrazione,
    dati: { id_soggetto: person.id, stato_civile: '2', cf_coniuge: spouse.code, atto: act },
  });
  marry(person, spouse, day, '2', act);
  if (!random.chance(0.75)) return true;
  const from = registrazione + random.int(1, 40);
  spouse.registrations.push(
    nation === null
      ? registration(from, '3', elsewhere.draw(random))
      : registration(from, '4', '', nation.state),
  );
  enrol(town, spouse);
  const { fromComune, fromState, reasonIn } = spouse.registration;
  const told = recordedAfter(world, from, 10);
  const id = tell(
    world,
    clan,
    town,
    {
      operazione: 'ISCRIZIONE',
      decorrenza: from,
      registrazione: told,
      dati: {
        motivo: reasonIn,
        provenienza: fromComune === '' ? { stato: fromState } : { comune: fromComune },
        soggetti: [
          { ...subjectColumns(spouse, home.town, told), legame: { ...homeKey(home), relazione: '2' } },
        ],
      },
    },
    { change: 1 },
  );
  if (id === '') return true;
  const ids = new Map([[home.town, spouse.id]]);
  const member2: Member = { person: spouse, home, relation: '2', ids, since: from, full: false };
  putIn(member2, home, '2');
  clan.members.push(member2);
  return true;
};

/** Two who are married part: one act frees both, and one of them mostly goes. */
export const divorces: Happen = (world, clan, member, day) => {
  const { home, person } = member;
  const spouse = memberOf(clan, person.status.spouse);
  if (!['2', '28'].includes(member.relation) || spouse === undefined || spouse.home !== home) return false;
  if (day - person.status.from < 400) return false;
  const status = person.status.status === '6' ? '8' : '4';
  const town = townOf(world, home);
  const registrazione = recordedAfter(world, day, 30);
  const pratica = town.log.nextPratica(day);
  const act = actIn(world, town, day, 'II');
  tell(world, clan, town, {
    operazione: 'STATO_CIVILE',
    decorrenza: day,
    registrazione,
    pratica,
    dati: {
      id_soggetto: spouse.person.id,
      stato_civile: status,
      id_coniuge: person.id,
      atto: act,
    },
  });
  statusFrom(person, status, day, null, '');
  statusFrom(spouse.person, status, day, null, '');
  goesAlone(world, clan, member, day, pratica);
  return true;
};

/** Foreigners become citizens from the day after the oath (L. 91/1992 art. 10 and 15), their minor children with them. */
export const naturalises: Happen = (world, clan, member, day) => {
  const { person, home } = member;
  if (!eligible(member, day) || ageOn(person, day) < 18) return false;
  const town = townOf(world, home);
  const registrazione = recordedAfter(world, day, 10);
  const children = home.members.filter(
    (m) =>
      m.person.citizen.state !== '100' &&
      ageOn(m.person, day) < 18 &&
      (m.person.father === person || m.person.mother === person),
  );
  const pratica = children.length > 0 ? town.log.nextPratica(day) : undefined;
  for (const { person: subject } of [member, ...children]) {
    const old = subject.citizen.state;
    const keeps = world.random.chance(0.8);
    const dati = { id_soggetto: subject.id, cittadinanza: '100' };
    tell(
      world,
      clan,
      town,
      {
        operazione: 'CITTADINANZA',
        decorrenza: day,
        happened: day - 1,
        registrazione,
        ...(pratica === undefined ? {} : { pratica }),
        dati: keeps ? { ...dati, altra_cittadinanza: old } : dati,
      },
      keeps ? { mistaken: { dati } } : {},
    );
    subject.citizen.to = day;
    subject.citizenship.push({ state: '100', from: day, to: OPEN });
    if (keeps) subject.otherCitizenship = old;
  }
  return true;
};

/** Ten years here, or four for a citizen of the Union. */
function eligible({ person, since }: Member, day: number): boolean {
  const union = person.nation?.union === true;
  return person.citizen.state !== '100' && day - since > (union ? 4.5 : 10.5) * YEAR;
}

const SECOND: Readonly<Record<string, readonly string[]>> = {
  M: ['MARIA', 'LUIGI', 'CARLO', 'PAOLO'],
  F: ['MARIA', 'ANNA', 'ROSA', 'LUISA'],
};

/** A rectified name, with the code that follows from it; or a place of birth written better. */
export const isRenamed: Happen = (world, clan, member, day) => {
  const { random } = world;
  const { person, home } = member;
  const town = townOf(world, home);
  const registrazione = recordedAfter(world, day, 15);
  if (person.place.state !== '' && random.chance(0.5)) {
    const locality = person.nation === null ? 'PARIGI' : random.pick(person.nation.towns);
    tell(world, clan, town, {
      operazione: 'GENERALITA',
      decorrenza: day,
      registrazione,
      dati: {
        id_soggetto: person.id,
        motivo: 'RETTIFICA',
        stato_nascita: person.place.state,
        localita_nascita: locality,
      },
    });
    return true;
  }
  if (person.name.includes(' ') || person.code.length !== 16) return false;
  const name = `${person.name} ${random.pick(SECOND[person.sex]!)}`;
  const code = fiscalCode(person.surname, name, person.sex, person.birth, person.place.cadastral);
  if (code !== person.code && !world.drafting.reserve(code, person)) return false;
  tell(world, clan, town, {
    operazione: 'GENERALITA',
    decorrenza: day,
    registrazione,
    dati: {
      id_soggetto: person.id,
      motivo: random.chance(0.7) ? 'RETTIFICA' : 'ALTRO',
      nome: name,
      codice_fiscale: code,
      validita_cf: person.validity,
    },
  });
  person.name = name;
  person.code = code;
  return true;
};

/** A parent whom the register did not know: acknowledged, or found in the act of birth. */
export const findsParents: Happen = (world, clan, member, day) => {
  const { person, home } = member;
  const father = person.father === null && person.fatherCode === '';
  const mother = person.mother === null && person.motherCode === '';
  if (!father && !mother) return false;
  world.drafting.begin(world.random.next(), home.town);
  if (father) person.fatherCode = world.drafting.parentCode(person, 'M');
  if (mother) person.motherCode = world.drafting.parentCode(person, 'F');
  tell(world, clan, townOf(world, home), {
    operazione: 'GENITORI',
    decorrenza: day,
    registrazione: recordedAfter(world, day, 8),
    dati: {
      id_soggetto: person.id,
      ...(father ? { cf_padre: person.fatherCode } : {}),
      ...(mother ? { cf_madre: person.motherCode } : {}),
    },
  });
  return true;
};
