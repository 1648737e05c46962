/** Births and deaths, and what a death leaves behind. */
import { dayOf, dayText, yearOf } from '../calendar.ts';
import { registration, statusFrom } from '../drafting.ts';
import type { Person } from '../model.ts';
import { succession } from './heads.ts';
import { type Clan, forgetMember, headOf, kinship, type Member, memberOf, putIn } from './living.ts';
import {
  ageOn,
  enrol,
  type Happen,
  homeKey,
  recordedAfter,
  subjectColumns,
  tell,
  townOf,
  type World,
} from './world.ts';

/** Where the hospitals are: positions in COMUNI. */
const HOSPITALS = [22, 22, 22, 4, 21, 39];

/** Chance of dying within a year (ISTAT life tables, roughly: 0.5% at 58, 4.5% at 80, 20% at 95). */
export const mortality = (age: number): number => Math.min(0.6, 1.5e-5 * Math.exp(0.1 * age));

export const dies: Happen = (world, clan, member, on) => {
  const { random } = world;
  const { person, home } = member;
  const town = townOf(world, home);
  let day = on;
  // Found long after: the month of death alone is known, and its first day is the decorrenza.
  const month = dayOf(yearOf(on), Number(dayText(on).slice(5, 7)), 1);
  const partial = random.chance(0.01) && month > Math.max(clan.clock, person.birth);
  if (partial) day = month;
  const registrazione = recordedAfter(world, on, 5, 0.025);
  const where = random.chance(0.55) ? world.towns[random.pick(HOSPITALS)]! : town;
  const data = partial ? dayText(day).slice(0, 7) : dayText(day);
  const dati = (data_morte: string, comune: string): object => ({
    id_soggetto: person.id,
    data_morte,
    comune_morte: comune,
  });
  const plan = succession(world, clan, member, { day, registrazione, town });
  const earlier = day - 1 > clan.clock && !partial && random.chance(0.5);
  tell(
    world,
    clan,
    town,
    {
      operazione: 'MORTE',
      decorrenza: day,
      registrazione,
      ...(partial ? { happened: data } : {}),
      dati: dati(data, where.comune.code),
    },
    {
      change: -1,
      expected: plan.expected,
      ...(plan.atOnce
        ? {
            mistaken: earlier
              ? { decorrenza: day - 1, dati: dati(dayText(day - 1), where.comune.code) }
              : { dati: dati(data, town.comune.code) },
          }
        : {}),
    },
  );
  person.death = day;
  widow(world, clan, person, day, registrazione);
  forgetMember(clan, member);
  plan.tell();
  return true;
};

/** T1: what the survivor becomes. */
const SURVIVOR: Readonly<Record<string, string>> = { '2': '3', '6': '7' };

/** The register of both makes the survivor widowed by itself; another one must be told. */
function widow(world: World, clan: Clan, dead: Person, day: number, registrazione: number): void {
  const { random } = world;
  const survivor = memberOf(clan, dead.status.spouse);
  const status = SURVIVOR[dead.status.status];
  if (survivor === undefined || status === undefined || survivor.person.status.spouse !== dead) return;
  const apart = survivor.person.register !== dead.register;
  statusFrom(survivor.person, status, day, null, '');
  if (!random.chance(apart ? 0.8 : 0.12)) return;
  tell(world, clan, townOf(world, survivor.home), {
    operazione: 'STATO_CIVILE',
    decorrenza: day,
    registrazione: registrazione + (apart ? random.int(5, 40) : 0),
    dati: { id_soggetto: survivor.person.id, stato_civile: status },
  });
}

const bearing = (person: Person, day: number): boolean => {
  const age = ageOn(person, day);
  return person.sex === 'F' && age >= 18 && age < 44;
};

/** How likely a woman of this age is to bear a child, of those who may (the most at 32). */
export const fertility = (age: number): number => Math.max(0, 1 - ((age - 32) / 13) ** 2);

/** The partner, in the same home. */
function partnerOf(mother: Member): Member | undefined {
  const { members } = mother.home;
  const head = headOf(mother.home);
  if (mother.relation === '1') return members.find((m) => ['2', '23'].includes(m.relation));
  return ['2', '23'].includes(mother.relation) ? head : undefined;
}

export const bears: Happen = (world, clan, mother, day) => {
  const { random, drafting } = world;
  const { home, person: woman } = mother;
  if (home.convivenza || !bearing(woman, day)) return false;
  const last = clan.members.some((m) => m.person.mother === woman && day - m.person.birth < 330);
  if (last) return false;
  const partner = partnerOf(mother);
  const father = partner?.person.sex === 'M' ? partner.person : null;
  if (father === null && !random.chance(0.25)) return false;
  const italian = woman.citizen.state === '100' || father?.citizen.state === '100';
  drafting.begin(random.next(), home.town);
  const surname = father?.surname ?? woman.surname;
  const sex = random.chance(0.513) ? 'M' : 'F';
  const child = drafting.child(sex, day, italian ? null : woman.nation, surname, true);
  child.father = father;
  child.mother = woman;
  child.registrations.push(registration(day, '1'));
  const town = townOf(world, home);
  enrol(town, child);
  const registrazione = recordedAfter(world, day, 10, 0.03);
  const head = headOf(home);
  const relation = head === undefined ? '3' : kinship(head.person, child);
  const legame = { ...homeKey(home), relazione: relation };
  const stillborn = random.chance(0.002);
  const soggetto = subjectColumns(child, home.town, registrazione);
  tell(
    world,
    clan,
    town,
    { operazione: 'NASCITA', decorrenza: day, registrazione, dati: { soggetto, legame } },
    {
      change: 1,
      ...(stillborn ? {} : { mistaken: { dati: { soggetto: { ...soggetto, atto_nascita: '' }, legame } } }),
    },
  );
  const member: Member = {
    person: child,
    home,
    relation,
    ids: new Map([[home.town, child.id]]),
    since: day,
    full: false,
  };
  if (!stillborn) {
    putIn(member, home, relation);
    clan.members.push(member);
    return true;
  }
  // Born and dead on one day: in the flows, never in the stock.
  child.death = day;
  tell(
    world,
    clan,
    town,
    {
      operazione: 'MORTE',
      decorrenza: day,
      registrazione,
      dati: { id_soggetto: child.id, data_morte: dayText(day), comune_morte: world.towns[22]!.comune.code },
    },
    { change: -1 },
  );
  return true;
};
