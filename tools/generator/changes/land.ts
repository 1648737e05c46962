/** A strip of land passes to the comune next to it, with the family that lives on it (TERRITORIO, T15 13 and T7 9): both comuni say so. */
import { nearby } from '../moves.ts';
import { knownThere, settleIn } from './leaving.ts';
import { type Home, isHead, takeOut } from './living.ts';
import { addressColumns, ageOn, type Happen, recordedAfter, subjectColumns, tell, townOf } from './world.ts';

/** T7. */
const WITH_THE_LAND = '9';

export const isCeded: Happen = (world, clan, member, day) => {
  const { home } = member;
  if (home.convivenza || !isHead(member) || ageOn(member.person, day) < 18) return false;
  const going = [...home.members];
  const from = townOf(world, home);
  const to = world.towns[nearby(world.random, world.sizes, from.index)]!;
  if (knownThere(going, to) || going.some((m) => m.ids.has(to.index))) return false;
  // Decreed for a day; each comune registers it in the weeks after.
  const here = recordedAfter(world, day, 20, 0);
  const there = recordedAfter(world, day, 20, 0);
  const head = { operazione: 'TERRITORIO', decorrenza: day };
  tell(
    world,
    clan,
    from,
    { ...head, registrazione: here, dati: { a: to.comune.code, id_famiglie: [home.id] } },
    { change: -going.length },
  );
  for (const m of going) takeOut(m);
  // The house is the same; its street is one of the other comune now.
  const house: Home = {
    id: to.numbers.nextHousehold(),
    convivenza: false,
    town: to.index,
    address: to.streets.draw(world.random),
    members: [],
  };
  for (const m of going) settleIn(m, { to, from, day, home: house, together: going, motivo: WITH_THE_LAND });
  tell(
    world,
    clan,
    to,
    {
      ...head,
      registrazione: there,
      dati: {
        da: from.comune.code,
        famiglie: [
          { id_famiglia: house.id, motivo: going.length > 1 ? '1' : '9', ...addressColumns(house.address) },
        ],
        soggetti: going.map((m) => ({
          ...subjectColumns(m.person, to.index, there),
          legame: { id_famiglia: house.id, relazione: m.relation },
        })),
      },
    },
    { change: going.length },
  );
  return true;
};
