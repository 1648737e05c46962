/** Who leaves a comune: for another of the province (both halves of the move), for elsewhere in Italy, for abroad, or untraceable. */
import { elsewhere } from '../birthplaces.ts';
import { registration } from '../drafting.ts';
import { nearby } from '../moves.ts';
import { ABROAD } from '../names-foreign.ts';
import { succession } from './heads.ts';
import { type Clan, forgetMember, type Home, isHead, type Member, putIn, takeOut } from './living.ts';
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

/** Who goes: the whole home, a grown member alone, or the one who lives alone. Empty: not these. */
export function party(world: World, member: Member, day: number): readonly Member[] {
  const { home } = member;
  const grown = ageOn(member.person, day) >= 18;
  if (home.convivenza) return [member];
  if (home.members.length === 1) return grown ? [member] : [];
  if (isHead(member)) return home.members.length <= 6 ? [...home.members] : [];
  const bound = member.relation === '2' || member.relation === '28';
  // Spouses mostly go together, with the home; one of them alone seldom.
  return grown && (!bound || world.random.chance(0.1)) ? [member] : [];
}

interface Destination {
  /** T15. */
  readonly motivo: string;
  readonly destinazione: object | undefined;
}

function destination(world: World, person: Member['person']): Destination {
  const { random } = world;
  const foreign = person.citizen.state !== '100';
  const n = random.float();
  if (foreign && n < 0.18) return { motivo: random.chance(0.6) ? '6' : '7', destinazione: undefined };
  if (n < (foreign ? 0.5 : 0.3)) {
    const state = foreign ? person.citizen.state : ABROAD.draw(random);
    return { motivo: foreign ? '5' : '8', destinazione: { stato: state } };
  }
  return { motivo: '3', destinazione: { comune: elsewhere.draw(random) } };
}

/** Out of the province. */
export const leaves: Happen = (world, clan, member, day) => {
  const going = party(world, member, day);
  if (going.length === 0) return false;
  const town = townOf(world, member.home);
  const { motivo, destinazione } = destination(world, member.person);
  const registrazione = recordedAfter(world, day, 25);
  cancel(world, clan, going, { town, day, registrazione, motivo, destinazione, known: null });
  return true;
};

interface Cancellation {
  readonly town: Town;
  readonly day: number;
  readonly registrazione: number;
  readonly motivo: string;
  readonly destinazione: object | undefined;
  /** What is done before the home is without them; null: they are forgotten. */
  readonly known: ((going: readonly Member[]) => void) | null;
}

function cancel(world: World, clan: Clan, going: readonly Member[], c: Cancellation): void {
  const { town, day, registrazione, motivo, destinazione } = c;
  const first = going[0]!;
  const whole = going.length === first.home.members.length;
  const pratica = going.length > 1 ? town.log.nextPratica(day) : undefined;
  const plan = whole ? null : succession(world, clan, first, { day, registrazione, town });
  const dati = (reason: string): object => ({
    motivo: reason,
    id_soggetti: going.map((m) => m.person.id),
    ...(destinazione === undefined ? {} : { destinazione }),
  });
  tell(
    world,
    clan,
    town,
    {
      operazione: 'CANCELLAZIONE',
      decorrenza: day,
      registrazione,
      ...(pratica === undefined ? {} : { pratica }),
      dati: dati(motivo),
    },
    {
      change: -going.length,
      expected: plan?.expected ?? [],
      ...(destinazione === undefined ? { mistaken: { dati: dati(motivo === '6' ? '7' : '6') } } : {}),
    },
  );
  if (c.known === null) for (const member of going) forgetMember(clan, member);
  else c.known(going);
  plan?.tell();
}

/** May the comune have had any of them already, under a number that the unit does not hold? */
export function knownThere(going: readonly Member[], town: Town): boolean {
  return going.some((member) =>
    member.person.registrations.some(
      (r) => r.fromComune === town.comune.code || r.toComune === town.comune.code,
    ),
  );
}

/** To another comune of the province: cancelled here, registered there, on one day and for the same reason. */
export const movesAway: Happen = (world, clan, member, day) => {
  const { random, months } = world;
  const going = party(world, member, day);
  if (going.length === 0 || member.home.convivenza) return false;
  const from = townOf(world, member.home);
  const to = world.towns[nearby(random, world.sizes, from.index)]!;
  const returning = going.every((m) => m.ids.has(to.index));
  if (!returning && (knownThere(going, to) || going.some((m) => m.ids.has(to.index)))) return false;
  // The new comune registers the declaration and tells the old one (DPR 223/1989 art. 18); one of the two may be long about it.
  const there = recordedAfter(world, day, 6, 0) + (random.chance(0.02) ? random.int(20, 50) : 0);
  const here = there + random.int(1, 12) + (random.chance(0.06) ? random.int(20, 60) : 0);
  const known = (leaving: readonly Member[]): void => {
    for (const m of leaving) takeOut(m);
    const home: Home = {
      id: to.numbers.nextHousehold(),
      convivenza: false,
      town: to.index,
      address: drawAddress(world, to, day),
      members: [],
    };
    for (const m of leaving) settleIn(m, { to, from, day, home, together: leaving, motivo: '3' });
    register(world, clan, leaving, { to, from, day, registrazione: there, home });
  };
  const destinazione = { comune: to.comune.code };
  cancel(world, clan, going, { town: from, day, registrazione: here, motivo: '3', destinazione, known });
  if (months.of(there) > months.count && months.of(here) > months.count) clan.clock = months.last + 1;
  return true;
};

interface Settling {
  readonly to: Town;
  readonly from: Town;
  readonly day: number;
  readonly home: Home;
  readonly together: readonly Member[];
  /** T7. */
  readonly motivo: string;
}

/** Somebody is of another register of the province from now on. */
export function settleIn(member: Member, { to, from, day, home, together, motivo }: Settling): void {
  const { person } = member;
  const old = member.ids.get(to.index);
  person.id = old ?? to.numbers.nextPerson();
  person.register = to.index;
  member.ids.set(to.index, person.id);
  member.since = day;
  person.registrations = [registration(day, motivo, from.comune.code)];
  person.registeredText = '';
  putIn(member, home, together.length === 1 ? '1' : member.relation);
}

/** The half of the move that the new comune tells. */
function register(
  world: World,
  clan: Clan,
  coming: readonly Member[],
  move: { to: Town; from: Town; day: number; registrazione: number; home: Home },
): void {
  const { to, from, day, registrazione, home } = move;
  tell(
    world,
    clan,
    to,
    {
      operazione: 'ISCRIZIONE',
      decorrenza: day,
      registrazione,
      ...(coming.length > 1 ? { pratica: to.log.nextPratica(day) } : {}),
      dati: {
        motivo: '3',
        provenienza: { comune: from.comune.code },
        soggetti: coming.map((m) => ({
          ...subjectColumns(m.person, to.index, registrazione),
          legame: { id_famiglia: home.id, relazione: m.relation },
        })),
        famiglia: {
          id_famiglia: home.id,
          motivo: coming.length > 1 ? '1' : '9',
          ...addressColumns(home.address),
        },
      },
    },
    { change: coming.length },
  );
}
