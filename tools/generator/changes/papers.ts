/** Identity cards, permits of stay, protection of data: what an office tells most of. */
import { dayText, YEAR } from '../calendar.ts';
import { ageOn, type Happen, recordedAfter, tell, townOf } from './world.ts';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** An electronic identity card, which lasts 3, 5 or 10 years by age (DL 5/2012 art. 7). */
export const getsCard: Happen = (world, clan, member, day) => {
  const { random } = world;
  const { person, home } = member;
  const age = ageOn(person, day);
  const n = random.next();
  const pair = `${LETTERS[n % 26]}${LETTERS[(n >>> 5) % 26]}`;
  const serial = String((n >>> 3) % 100_000).padStart(5, '0');
  const number = `C${LETTERS[(n >>> 10) % 26]}${serial}${pair}`;
  const expiry = day + Math.round((age < 3 ? 3 : age < 18 ? 5 : 10) * YEAR);
  const dati = {
    id_soggetto: person.id,
    documento_tipo: 'CIE',
    documento_numero: number,
    documento_rilascio: dayText(day),
    documento_scadenza: dayText(expiry),
  };
  const mistaken = { dati: { ...dati, documento_numero: `C${number.slice(2)}X` } };
  const town = townOf(world, home);
  tell(
    world,
    clan,
    town,
    { operazione: 'DOCUMENTO', decorrenza: day, registrazione: recordedAfter(world, day, 2, 0), dati },
    { mistaken },
  );
  person.documentKind = 'CIE';
  person.documentNumber = number;
  person.documentFrom = day;
  person.documentTo = expiry;
  return true;
};

/** A permit is renewed, or becomes one of long stay, which does not expire. */
export const renewsPermit: Happen = (world, clan, member, day) => {
  const { random } = world;
  const { person, home } = member;
  if (person.citizen.state === '100' || person.permit !== '1') return false;
  const long = day - member.since > 5 * YEAR && random.chance(0.3);
  const until = day + random.pick([365, 730, 730]);
  person.permit = long ? '2' : '1';
  person.permitTo = long ? 0 : until;
  tell(world, clan, townOf(world, home), {
    operazione: 'SOGGIORNO',
    decorrenza: day,
    registrazione: recordedAfter(world, day, 30),
    dati: {
      id_soggetto: person.id,
      soggiorno_tipo: person.permit,
      soggiorno_scadenza: long ? null : dayText(until),
    },
  });
  return true;
};

export const isProtected: Happen = (world, clan, member, day) => {
  const { person, home } = member;
  person.reserved = !person.reserved;
  tell(world, clan, townOf(world, home), {
    operazione: 'RISERVATEZZA',
    decorrenza: day,
    registrazione: recordedAfter(world, day, 3, 0),
    dati: { id_soggetto: person.id, riservatezza: person.reserved ? '1' : null },
  });
  return true;
};
