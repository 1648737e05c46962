/** Changes of dwelling within the comune, families that part or come together, and who goes to live in a convivenza. */
import { type Clan, type Home, headOf, isHead, kinship, type Member, putIn, takeOut } from './living.ts';
import {
  addressColumns,
  ageOn,
  drawAddress,
  type Happen,
  recordedAfter,
  type Town,
  tell,
  townOf,
  type World,
} from './world.ts';

const T26_OTHER = '9';

/** All of a home moves, under its number or a new one. */
export const movesHouse: Happen = (world, clan, member, day) => {
  const { home } = member;
  if (home.convivenza) return false;
  const town = townOf(world, home);
  const registrazione = recordedAfter(world, day, 20);
  const address = drawAddress(world, town, day);
  const renewed = world.random.chance(0.12);
  const id = renewed ? town.numbers.nextHousehold() : home.id;
  const dati = (where: string): object => ({
    id_famiglia: home.id,
    famiglia: {
      id_famiglia: id,
      ...(renewed ? { motivo: T26_OTHER } : {}),
      ...addressColumns(where),
    },
  });
  const numbers = address.split(';');
  numbers[2] = String(Number(numbers[2]) + 1);
  tell(
    world,
    clan,
    town,
    { operazione: 'CAMBIO_ABITAZIONE', decorrenza: day, registrazione, dati: dati(address) },
    { mistaken: { dati: dati(numbers.join(';')) } },
  );
  home.id = id;
  home.address = address;
  return true;
};

/** A new home, with the first who live in it. */
function newHome(town: Town, address: string): Home {
  const id = town.numbers.nextHousehold();
  return { id, convivenza: false, town: town.index, address, members: [] };
}

const bound = (member: Member): boolean => ['2', '23', '28'].includes(member.relation);

/** Somebody grown leaves home for a dwelling of their own in the comune; with it, two who live together may part. */
export const movesOut: Happen = (world, clan, member, day) => {
  const { home } = member;
  if (home.convivenza || home.members.length < 2 || isHead(member)) return false;
  if (ageOn(member.person, day) < 19 || (bound(member) && member.relation !== '23')) return false;
  goesAlone(world, clan, member, day);
  return true;
};

/** The member takes a dwelling alone. */
export function goesAlone(world: World, clan: Clan, member: Member, day: number, pratica?: string): void {
  const town = townOf(world, member.home);
  const home = newHome(town, drawAddress(world, town, day));
  const { id } = member.person;
  const registrazione = pratica === undefined ? recordedAfter(world, day, 20) : clan.clock;
  tell(world, clan, town, {
    operazione: 'CAMBIO_ABITAZIONE',
    decorrenza: day,
    registrazione,
    ...(pratica === undefined ? {} : { pratica }),
    dati: {
      id_soggetti: [id],
      legami: [{ id_soggetto: id, relazione: '1' }],
      famiglia: { id_famiglia: home.id, motivo: T26_OTHER, ...addressColumns(home.address) },
    },
  });
  takeOut(member);
  putIn(member, home, '1');
}

/** Who lives alone goes to live with a child or a parent of the same comune: that family takes them in. */
export const movesIn: Happen = (world, clan, member, day) => {
  const { home, person } = member;
  if (home.convivenza || home.members.length > 1) return false;
  const target = clan.members.find(
    (other) =>
      other.home !== home &&
      other.home.town === home.town &&
      !other.home.convivenza &&
      isHead(other) &&
      ['3', '6', '9'].includes(kinship(other.person, person)),
  );
  if (target === undefined) return false;
  const relation = kinship(target.person, person);
  tell(world, clan, townOf(world, home), {
    operazione: 'CAMBIO_ABITAZIONE',
    decorrenza: day,
    registrazione: recordedAfter(world, day, 20),
    dati: {
      id_soggetti: [person.id],
      legami: [{ id_soggetto: person.id, relazione: relation }],
      famiglia: { id_famiglia: target.home.id },
    },
  });
  takeOut(member);
  putIn(member, target.home, relation);
  return true;
};

/** A grown child forms a family apart under the same roof (DPR 223/1989 art. 4 comma 2). */
export const splits: Happen = (world, clan, member, day) => {
  const { home, person } = member;
  if (home.convivenza || home.members.length < 2 || isHead(member) || bound(member)) return false;
  if (ageOn(person, day) < 21) return false;
  const town = townOf(world, home);
  const apart = newHome(town, home.address);
  tell(world, clan, town, {
    operazione: 'FAMIGLIA',
    decorrenza: day,
    registrazione: recordedAfter(world, day, 15),
    dati: {
      movimenti: [{ id_soggetto: person.id, da: home.id, a: apart.id, relazione: '1' }],
      famiglia: { id_famiglia: apart.id, motivo: T26_OTHER, ...addressColumns(home.address) },
      id_intestatario: person.id,
    },
  });
  takeOut(member);
  putIn(member, apart, '1');
  return true;
};

/** A family takes another intestatario, though the old one is there still. */
export const changesHead: Happen = (world, clan, member, day) => {
  const { home, person } = member;
  const head = headOf(home);
  if (home.convivenza || head === undefined || head === member || ageOn(person, day) < 18) return false;
  const others = home.members.filter((other) => other !== member);
  const relations = others.map((other) => {
    const relation = kinship(person, other.person);
    const partners = relation === '13' && [member.relation, other.relation].includes('23') && other === head;
    return { other, relation: partners ? '23' : relation };
  });
  tell(world, clan, townOf(world, home), {
    operazione: 'FAMIGLIA',
    decorrenza: day,
    registrazione: recordedAfter(world, day, 10, 0),
    dati: {
      id_intestatario: person.id,
      relazioni: relations.map(({ other, relation }) => ({
        id_soggetto: other.person.id,
        relazione: relation,
      })),
    },
  });
  member.relation = '1';
  for (const { other, relation } of relations) other.relation = relation;
  return true;
};

/** Somebody old who lives alone goes into a home for the old of the comune. */
export const entersConvivenza: Happen = (world, clan, member, day) => {
  const { home, person } = member;
  if (home.convivenza || home.members.length > 1) return false;
  const town = townOf(world, home);
  if (town.convivenze.length === 0) return false;
  const target = world.random.pick(town.convivenze);
  tell(world, clan, town, {
    operazione: 'CONVIVENZA',
    decorrenza: day,
    registrazione: recordedAfter(world, day, 15),
    dati: {
      azione: 'MODIFICA',
      convivenza: { id_convivenza: target.id },
      movimenti: [
        {
          id_soggetto: person.id,
          da: { id_famiglia: home.id },
          a: { id_convivenza: target.id },
          relazione: '2',
        },
      ],
    },
  });
  takeOut(member);
  // For the unit it is a place of its own: who else lives there is of other units.
  putIn(member, { ...target, members: [] }, '2');
  return true;
};
