/** Who comes from outside the province: families, lone people, those who go straight into a convivenza. */
import { elsewhere } from '../birthplaces.ts';
import { OPEN } from '../calendar.ts';
import { draftCouple } from '../couples.ts';
import { wrongCheck } from '../defects/wrong-check.ts';
import { addDetails } from '../details.ts';
import { type Draft, registration } from '../drafting.ts';
import type { Person } from '../model.ts';
import { ABROAD, NATIONS } from '../names-foreign.ts';
import { hash } from '../random.ts';
import { draftSolo } from '../solos.ts';
import { type Clan, type Home, type Member, putIn } from './living.ts';
import {
  addressColumns,
  drawAddress,
  enrol,
  recordedAfter,
  subjectColumns,
  type Town,
  tell,
  type World,
} from './world.ts';

interface Origin {
  /** T7. */
  readonly motivo: string;
  readonly comune: string;
  readonly state: string;
}

function originOf(world: World, person: Person): Origin {
  const { random } = world;
  if (person.nation !== null && random.chance(0.62))
    return { motivo: '4', comune: '', state: person.nation.state };
  if (person.nation === null && random.chance(0.07))
    return { motivo: '6', comune: '', state: ABROAD.draw(random) };
  // Found again after having been struck off as untraceable (T7 5) in another comune: no origin is told.
  if (random.chance(0.01)) return { motivo: '5', comune: '', state: '' };
  return { motivo: '3', comune: elsewhere.draw(random), state: '' };
}

/** Those of the draft's first household who live there today. */
function together(draft: Draft): { person: Person; relation: string }[] {
  const { household } = draft.households[0]!;
  return draft.people.flatMap((person) => {
    const membership = person.memberships.find((m) => m.household === household && m.to >= OPEN);
    return membership === undefined || !person.resident ? [] : [{ person, relation: membership.relation }];
  });
}

/** A household of people nobody here knows comes to live in the comune on a day; it lives on as a unit of the comune. */
export function arrives(world: World, town: Town, seed: number, day: number): Clan {
  const { drafting, random } = world;
  drafting.begin(seed, town.index);
  const nation = random.chance(0.42) ? NATIONS.draw(random) : null;
  const age = Math.round(random.bell(38, 9));
  const plan = { age: Math.max(20, age), nation, plain: true };
  const draft = random.chance(0.3) ? draftCouple(drafting, plan) : draftSolo(drafting, plan);
  const coming = together(draft);
  const origin = originOf(world, coming[0]!.person);
  const clan: Clan = { members: [], clock: day };
  const into = coming.length === 1 && random.chance(0.02) ? town.convivenze[0] : undefined;
  const home: Home =
    into === undefined
      ? {
          id: town.numbers.nextHousehold(),
          convivenza: false,
          town: town.index,
          address: drawAddress(world, town, day),
          members: [],
        }
      : { ...into, members: [] };
  const registrazione = recordedAfter(world, day, 15);
  for (const { person, relation } of coming) {
    person.registrations = [registration(day, origin.motivo, origin.comune, origin.state)];
    enrol(town, person);
    addDetails(person, drafting.today, hash(world.seed, town.comune.code));
    person.registration.from = day;
    person.registeredText = '';
    const ids = new Map([[town.index, person.id]]);
    const member: Member = { person, home, relation, ids, since: day, full: false };
    putIn(member, home, into === undefined ? relation : '2');
    clan.members.push(member);
  }
  // Those who did not come along are known to nobody here.
  for (const person of draft.people) if (!coming.some((c) => c.person === person)) person.register = -1;
  // A row inside an event is checked like one of a full supply.
  const misread =
    world.defects > 0 && random.chance(world.defects)
      ? clan.members.find((m) => m.person.code.length === 16)
      : undefined;
  const provenienza =
    origin.comune !== '' ? { comune: origin.comune } : origin.state !== '' ? { stato: origin.state } : null;
  tell(
    world,
    clan,
    town,
    {
      operazione: 'ISCRIZIONE',
      decorrenza: day,
      registrazione,
      ...(coming.length > 1 ? { pratica: town.log.nextPratica(day) } : {}),
      dati: {
        motivo: origin.motivo,
        ...(provenienza === null ? {} : { provenienza }),
        soggetti: clan.members.map((m) => ({
          ...subjectColumns(m.person, town.index, registrazione),
          ...(m === misread ? { codice_fiscale: wrongCheck(m.person.code) } : {}),
          legame:
            into === undefined
              ? { id_famiglia: home.id, relazione: m.relation }
              : { id_convivenza: home.id, relazione: m.relation },
        })),
        ...(into === undefined
          ? {
              famiglia: {
                id_famiglia: home.id,
                motivo: coming.length > 1 ? '1' : '9',
                ...addressColumns(home.address),
              },
            }
          : {}),
      },
    },
    {
      change: coming.length,
      expected: misread === undefined ? [] : [{ codice: 'EA048', idSoggetto: misread.person.id }],
    },
  );
  return clan;
}
