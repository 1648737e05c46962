/** The question "who lives at this street and number", on a day or in a period. */
import { AppError } from '../../kernel/app-error.ts';
import type { Day } from '../../kernel/day.ts';
import { civicoKey, streetKey } from '../../kernel/text-keys.ts';
import type { Client } from '../../platform/db/pool.ts';
import {
  countPersons,
  listDwellingsAt,
  listNumbersOf,
  listStreetsLike,
  loadOccupants,
} from './address.sql.ts';
import {
  type AddressState,
  byDoor,
  MOST_OCCUPANTS,
  type OccupantAnswer,
  occupancyAt,
  occupantAnswer,
} from './address.ts';
import { getKnownAt } from './known-at.sql.ts';
import type { KnownAt } from './known-at.ts';

export interface AddressQuestion {
  /** ISTAT code. */
  readonly comune: string;
  /** Kind and name: "VIA EMILIA EST"; accents, apostrophes, case and spacing do not matter. */
  readonly street: string;
  /** "12", or "12/A" with its esponente: "12" is the number that has none; null for the whole street. */
  readonly number: string | null;
  /** On a day, or in the period [from, to). */
  readonly span: { readonly on: Day } | { readonly from: Day; readonly to: Day };
  readonly notoAl: KnownAt | null;
}

async function nobodyEver(
  db: Client,
  { comune, street: typed }: AddressQuestion,
  street: string,
  number: string | null,
  knownAt: KnownAt,
): Promise<AppError> {
  const numbers = await listNumbersOf(db, comune, street, knownAt);
  if (numbers.length > 0) {
    const some = numbers.slice(0, 20).map((n) => (n === '' ? 's.n.c.' : n));
    return new AppError(
      'not-found',
      `in «${street}» nessuno ha mai abitato al civico ${number ?? ''}; civici noti: ${some.join(', ')}${numbers.length > 20 ? ' …' : ''}`,
      `nobody ever lived at number ${number ?? ''} of "${street}"; known numbers: ${some.join(', ')}${numbers.length > 20 ? ' …' : ''}`,
    );
  }
  const words = street.split(' ');
  const near = await listStreetsLike(
    db,
    comune,
    words.length > 1 ? words.slice(1).join(' ') : street,
    knownAt,
  );
  const more =
    near.length === 0 && words.length > 2 ? await listStreetsLike(db, comune, words.at(-1)!, knownAt) : near;
  const hint = more.length === 0 ? '' : `; forse: ${more.join(', ')}`;
  return new AppError(
    'not-found',
    `nel comune ${comune} non risulta la via «${typed}»${hint === '' ? ': controllare il nome, con la sua specie (VIA, PIAZZA …)' : hint}`,
    `comune ${comune} has no street "${typed}"${hint === '' ? ': check its name, with its kind (VIA, PIAZZA …)' : hint.replace('forse', 'perhaps')}`,
  );
}

/** @throws AppError not-found where nobody ever lived there */
export async function askAddress(db: Client, question: AddressQuestion): Promise<AddressState> {
  const { comune, span } = question;
  const street = streetKey(question.street);
  const number = question.number === null ? null : civicoKey(question.number);
  const knownAt = await getKnownAt(db, question.notoAl);
  const dwellings = await listDwellingsAt(db, comune, street, number, span, knownAt);
  const held = dwellings.filter(({ dwelling }) => occupancyAt(dwelling, span) !== null);
  const people = new Set(held.map((o) => o.entryId));
  const tooMany = people.size > MOST_OCCUPANTS;
  const who = await loadOccupants(db, tooMany ? [] : [...people], knownAt);
  const occupanti = held.flatMap((o): OccupantAnswer[] => {
    const found = who.get(o.entryId);
    const answer = found === undefined ? null : occupantAnswer(found.personId, found.entry, o.dwelling, span);
    return answer === null ? [] : [answer];
  });
  if (
    people.size === 0 &&
    (number === null || !(await listNumbersOf(db, comune, street, knownAt)).includes(number))
  )
    throw await nobodyEver(db, question, street, number, knownAt);
  return {
    comune,
    via: street,
    civico: number,
    al: 'on' in span ? span.on : null,
    periodo: 'on' in span ? null : { dal: span.from, al: span.to },
    noto_al: knownAt,
    numero: await countPersons(db, [...people], knownAt),
    occupanti: tooMany ? null : occupanti.sort(byDoor),
  };
}
