/**
 * The fields by which entries are compared, their levels, and what is held of each before anything is estimated (docs/adr/0012-linkage.md).
 * Levels that are fixed stand for a rule: the reason is beside each. Pure.
 */
import { CODE_LEVELS, compareCodes } from './codes.ts';
import { type Field, type Level, NONE, type Term } from './comparison.ts';
import { compareDates, DATE_LEVELS, isWhole } from './dates.ts';
import { bothNames, type EntryRecord } from './entry-record.ts';
import { countTerms, type Frequencies } from './model.ts';
import { compareNames, containedKey, isRelated, type NameForm, type NameRelation } from './names.ts';
import { comparePlaces, PLACE_LEVELS, type PlaceForm } from './places.ts';

const level = (name: string, m: number, u: number, fixed?: Level['fixed']): Level => ({
  name,
  m,
  u,
  ...(fixed === undefined ? {} : { fixed }),
});

/** Levels named elsewhere, with their m and u. */
const levels = (
  names: readonly string[],
  values: readonly (readonly [m: number, u: number, fixed?: Level['fixed']])[],
): readonly Level[] => names.map((name, i) => level(name, ...values[i]!));

const term = (kind: string, value: string): Term => ({ kind, value });

/** The level of what two names are to each other. */
export const SURNAME_LEVEL: Readonly<Record<NameRelation, number>> = {
  equal: 0,
  part: 2,
  slip: 3,
  similar: 4,
  far: 5,
};
export const SURNAME_SWAPPED = 1;
export const GIVEN_LEVEL: Readonly<Record<NameRelation, number>> = {
  equal: 0,
  part: 1,
  slip: 2,
  similar: 3,
  far: 4,
};
/** Different, as of twins. */
export const GIVEN_OF_TWINS = 5;

/** Surname of one is the given name of the other, both ways, letter by letter. */
const exactlySwapped = (a: EntryRecord, b: EntryRecord): boolean =>
  a.surname?.key === b.given?.key && a.given?.key === b.surname?.key;

/** The same with a slip, or one name more, in one of them or both. */
const swapped = (a: EntryRecord, b: EntryRecord): boolean =>
  a.surname !== null &&
  b.surname !== null &&
  a.given !== null &&
  b.given !== null &&
  a.surname.key !== b.surname.key &&
  isRelated(a.surname, b.given) &&
  isRelated(b.surname, a.given);

const surname: Field<EntryRecord> = {
  name: 'cognome',
  levels: [
    level('uguale', 0.9, 0.003),
    // Too rare to be learnt: as much as two names that agree by chance, and one swap in some hundred errors.
    level('scambiato con il nome', 0.004, 2.5e-6, 'both'),
    level('uno dei cognomi', 0.02, 0.0002),
    level('stesso suono o un errore', 0.05, 0.0005),
    level('simile', 0.01, 0.004),
    level('diverso', 0.016, 0.992299),
  ],
  compare(a, b) {
    const [x, y] = [a.surname, b.surname];
    if (x === null || y === null) return NONE;
    const relation = compareNames(x, y);
    return relation === 'far' && swapped(a, b) ? SURNAME_SWAPPED : SURNAME_LEVEL[relation];
  },
  agreed(a, b, at): readonly Term[] {
    if (at === 0) return [term('cognome', a.surname!.key)];
    if (at === 1) return exactlySwapped(a, b) ? [term('nomi', bothNames(a)!)] : [];
    const part = at === 2 ? containedKey(a.surname!, b.surname!) : null;
    return part === null ? [] : [term('cognome', part)];
  },
};

/** Same surname, same day, given names that are two: as twins are. A code in common says that they are not. */
const likeTwins = (a: EntryRecord, b: EntryRecord): boolean =>
  a.surname !== null &&
  a.surname.key === b.surname?.key &&
  a.birth !== null &&
  a.birth === b.birth &&
  isWhole(a.birth) &&
  (a.code === null || b.code === null || a.code.base !== b.code.base);

const given: Field<EntryRecord> = {
  name: 'nome',
  levels: [
    level('uguale', 0.9, 0.008),
    level('un nome in più o in meno', 0.03, 0.0015),
    level('stesso suono o un errore', 0.035, 0.002),
    level('simile', 0.01, 0.008),
    level('diverso', 0.024999, 0.9645),
    // One birth in seventy or eighty is of twins, and hardly one person in a thousand is registered again under a quite different
    // given name: surname, day, place and parents say nothing more of two such entries.
    level('diverso, come tra gemelli', 1e-6, 0.016, 'both'),
  ],
  compare(a, b, before) {
    const [x, y] = [a.given, b.given];
    if (x === null || y === null || before[0] === SURNAME_SWAPPED) return NONE;
    const relation = compareNames(x, y);
    return relation === 'far' && likeTwins(a, b) ? GIVEN_OF_TWINS : GIVEN_LEVEL[relation];
  },
  agreed(a, b, at): readonly Term[] {
    // Of people from one country or one valley names are not independent: how many bear the two together tells.
    if (at === 0 && a.surname !== null && a.surname.key === b.surname?.key)
      return [{ kind: 'nomi', value: bothNames(a)!, among: term('cognome', a.surname.key) }];
    if (at === 0) return [term('nome', a.given!.key)];
    const part = at === 1 ? containedKey(a.given!, b.given!) : null;
    return part === null ? [] : [term('nome', part)];
  },
};

const birth: Field<EntryRecord> = {
  name: 'nascita',
  levels: levels(DATE_LEVELS, [
    [0.93, 0.00003],
    [0.012, 0.00001],
    [0.015, 0.00002],
    [0.03, 0.0008],
    [0.002, 0.002],
    [0.001, 0.001],
    [0.0005, 0.012],
    [0.0005, 0.98414],
  ]),
  compare: (a, b) => (a.birth === null || b.birth === null ? NONE : compareDates(a.birth, b.birth)),
};

const sex: Field<EntryRecord> = {
  name: 'sesso',
  levels: [level('uguale', 0.99, 0.5), level('diverso', 0.01, 0.5)],
  compare: (a, b) => (a.sex === '' || b.sex === '' ? NONE : a.sex === b.sex ? 0 : 1),
};

const placeTerm = ({ comune }: PlaceForm): string | null => comune || null;

const place: Field<EntryRecord> = {
  name: 'luogo di nascita',
  levels: levels(PLACE_LEVELS, [
    [0.8, 0.1],
    [0.02, 0.0002],
    // Names tell the country already: of people from one country, those of one town are some in three.
    [0.05, 0.0125, 'both'],
    [0.07, 0.035, 'both'],
    [0.06, 0.8523],
  ]),
  compare: (a, b) => (a.place === null || b.place === null ? NONE : comparePlaces(a.place, b.place)),
  agreed: (a, _b, at) => (at === 0 ? [term('luogo', a.place!.comune)] : []),
};

export const BIRTH_COMPATIBLE = DATE_LEVELS.indexOf('compatibile');
export const CODE_AS_DATA = CODE_LEVELS.indexOf('diversi come i dati');
export const CODE_UNLIKE_DATA = CODE_LEVELS.indexOf('diversi');
export const CODE_OF_TWO = CODE_LEVELS.indexOf('omocodici: di persone diverse');

const code: Field<EntryRecord> = {
  name: 'codice fiscale',
  levels: levels(CODE_LEVELS, [
    [0.4, 1e-6],
    [0.01, 1e-6],
    [0.15, 1e-6],
    [0.05, 1e-6],
    [0.25, 0.02],
    // It tells of a faulty code rather than of the pair.
    [0.02, 0.03, 'both'],
    // By definition of other people (D.M. 23.12.1976, art. 6): nothing else that agrees may outweigh it.
    [1e-10, 1e-4, 'both'],
    // Nobody has two; the Agenzia does correct one, once in a great while.
    [1e-6, 0.97, 'm'],
  ]),
  compare(a, b, before) {
    if (a.code === null || b.code === null) return NONE;
    const found = compareCodes(a.code, b.code);
    // Of a partial date the code tells the day: where the days of the codes are two, the birth dates do not explain it.
    const unexplained =
      before[2] === BIRTH_COMPATIBLE && a.code.base.slice(6, 11) !== b.code.base.slice(6, 11);
    return found === CODE_AS_DATA && unexplained && before[3] === 0 ? CODE_UNLIKE_DATA : found;
  },
};

const sameParent = (x: string | null, y: string | null): boolean | null =>
  x === null || y === null ? null : x === y;

export const BIRTH_CLOSE = 3;
/**
 * What a family shares says nothing where given names, birth dates or validated codes are two: sisters and brothers, a grandson and his
 * namesake, Alessandro and his twin Alessia.
 */
const couldBeOne = (before: Int8Array): boolean =>
  before[1]! < GIVEN_LEVEL.far && before[2]! <= BIRTH_CLOSE && before[5]! < CODE_OF_TWO;

const parents: Field<EntryRecord> = {
  name: 'genitori',
  levels: [
    level('gli stessi', 0.9, 0.00001),
    level('uno diverso', 0.05, 0.00001),
    level('diversi', 0.05, 0.99998),
  ],
  compare(a, b, before) {
    const father = sameParent(a.father, b.father);
    const mother = sameParent(a.mother, b.mother);
    if (father === null && mother === null) return NONE;
    if (father !== true && mother !== true) return 2;
    if (!couldBeOne(before)) return NONE;
    return father !== false && mother !== false ? 0 : 1;
  },
};

const address: Field<EntryRecord> = {
  name: 'indirizzo',
  levels: [level('lo stesso', 0.4, 0.0002), level('stessa via', 0.1, 0.005), level('diverso', 0.5, 0.9948)],
  compare(a, b, before) {
    // Two comuni never share one; and a family does.
    if (a.comune !== b.comune || !couldBeOne(before) || a.street === null || b.street === null) return NONE;
    if (a.street !== b.street) return 2;
    return a.civico === b.civico ? 0 : 1;
  },
};

/** In the order in which they are compared, told and explained. */
export const ENTRY_FIELDS: readonly Field<EntryRecord>[] = [
  surname,
  given,
  birth,
  sex,
  place,
  code,
  parents,
  address,
];

const keyOf = (name: NameForm | null): string | null => name?.key ?? null;

export const entryFrequencies = (records: readonly EntryRecord[]): Frequencies => ({
  cognome: countTerms(records.map((r) => keyOf(r.surname))),
  nome: countTerms(records.map((r) => keyOf(r.given))),
  nomi: countTerms(records.map(bothNames)),
  luogo: countTerms(records.map((r) => (r.place === null ? null : placeTerm(r.place)))),
});
