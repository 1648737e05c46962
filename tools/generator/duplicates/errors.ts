/**
 * The errors under which one person is registered twice: those that registry.md (Linkage) names, and the slips of any keyboard. Each
 * changes the person as one register writes them, and tells whether it found something to change.
 */
import { birthComune, type Place } from '../birthplaces.ts';
import { dayNumber, dayText, yearOf } from '../calendar.ts';
import { COMUNI } from '../comuni.ts';
import { checkLetter, fiscalCode } from '../fiscal-code.ts';
import type { Person } from '../model.ts';
import { italianName, italianSurname } from '../names-italian.ts';
import type { Random } from '../random.ts';

/** @returns false where the person has nothing that could be wrong in this way; nothing was changed then */
type Mistake = (person: Person, random: Random) => boolean;

const LETTERS = 'ABCDEFGHILMNOPRSTUVZ';

/** One slip: a letter more, less, another, or two neighbours exchanged; never the first. */
function slip(text: string, random: Random): string | null {
  if (text.length < 5) return null;
  const at = random.int(1, text.length - 2);
  const letter = random.pick([...LETTERS]);
  const kind = random.int(0, 3);
  const [before, here, next] = [text.slice(0, at), text[at]!, text[at + 1]!];
  if (!/[A-Z]/.test(here) || !/[A-Z]/.test(next)) return null;
  const made = [
    `${before}${letter}${text.slice(at)}`,
    `${before}${text.slice(at + 1)}`,
    `${before}${letter}${text.slice(at + 1)}`,
    `${before}${next}${here}${text.slice(at + 2)}`,
  ][kind]!;
  return made === text ? null : made;
}

/** Spellings that sound alike. */
const ALIKE: readonly (readonly [RegExp, string])[] = [
  [/ZZ/, 'Z'],
  [/LL/, 'L'],
  [/RR/, 'R'],
  [/TT/, 'T'],
  [/SS/, 'S'],
  [/NN/, 'N'],
  [/CCH/, 'CH'],
  [/CH(?=[AOU])/, 'C'],
  [/K/, 'C'],
  [/Y/, 'I'],
  [/J/, 'I'],
  [/W/, 'V'],
  [/OU/, 'U'],
  [/PH/, 'F'],
  [/Z/, 'S'],
  [/(?<=[AEIOU])R(?=[AEIOU])/, 'RR'],
  [/(?<=[AEIOU])L(?=[AEIOU])/, 'LL'],
];

function alike(text: string, random: Random): string | null {
  const fit = ALIKE.filter(([spelling]) => spelling.test(text));
  if (fit.length === 0) return null;
  const [spelling, other] = random.pick(fit);
  return text.replace(spelling, other);
}

const surname =
  (change: (text: string, random: Random) => string | null): Mistake =>
  (person, random) => {
    const made = change(person.surname, random);
    if (made === null || made === '') return false;
    person.surname = made;
    return true;
  };

const name =
  (change: (text: string, random: Random) => string | null): Mistake =>
  (person, random) => {
    const made = change(person.name, random);
    if (made === null || made === '') return false;
    person.name = made;
    return true;
  };

/** Another birth date, where the rest of the life allows it. */
const birth =
  (change: (text: string, random: Random) => string | null): Mistake =>
  (person, random) => {
    const text = change(dayText(person.birth), random);
    if (text === null || person.birthText !== '') return false;
    const day = dayNumber(text);
    // Days that do not exist give another one back.
    if (dayText(day) !== text || day === person.birth) return false;
    const [first] = person.registrations;
    const atBirth = first!.from === person.birth;
    const later = [...(atBirth ? [first!.to] : [first!.from]), ...person.memberships.map((m) => m.from)];
    if (later.some((other) => other < Math.max(day, person.birth) + 400)) return false;
    for (const spell of [person.civil[0], person.citizenship[0]])
      if (spell !== undefined && spell.to <= day) return false;
    if (atBirth) person.registrations[0] = { ...first!, from: day };
    person.civil[0] = { ...person.civil[0]!, from: day };
    person.citizenship[0] = { ...person.citizenship[0]!, from: day };
    person.birth = day;
    return true;
  };

function otherDigit(text: string, random: Random): string | null {
  const at = random.pick([2, 3, 6, 8, 9]);
  return text.slice(0, at) + String(random.int(0, 9)) + text.slice(at + 1);
}

const partial: Mistake = (person, random) => {
  if (person.birthText !== '') return false;
  person.birthText = dayText(person.birth).slice(0, random.chance(0.6) ? 4 : 7);
  return true;
};

const elsewhere = (person: Person, random: Random): Place | null => {
  const { place } = person;
  if (place.state !== '') {
    // Of a foreign place the town is not known, or another is named.
    return place.locality === '' ? null : { ...place, locality: random.chance(0.7) ? '' : 'CAPITALE' };
  }
  const made = birthComune(random, random.int(0, COMUNI.length - 1), yearOf(person.birth));
  return made.comune === place.comune ? null : made;
};

const swap: Mistake = (person) => {
  if (person.surname === person.name) return false;
  [person.surname, person.name] = [person.name, person.surname];
  return true;
};

const otherPlace: Mistake = (person, random) => {
  const made = elsewhere(person, random);
  if (made === null) return false;
  person.place = made;
  return true;
};

const otherSex: Mistake = (person) => {
  person.sex = person.sex === 'M' ? 'F' : 'M';
  return true;
};

/** A married woman under her husband's surname, in a register that wrote it down so. */
const married: Mistake = (person, random) => {
  if (person.sex !== 'F' || person.nation === null) return false;
  person.surname = person.nation.surnames.draw(random);
  return true;
};

const without = (text: string): string | null => {
  const made = text.replaceAll(/['’ -]/g, '');
  return made === text ? null : made;
};

/** Mistakes in what a code is computed from. */
export const MISTAKES: Readonly<Record<string, Mistake>> = {
  cognome_e_nome_scambiati: swap,
  cognome_in_piu: surname((text, random) =>
    text.includes(' ') ? null : `${text} ${italianSurname(random, true)}`,
  ),
  cognome_in_meno: surname((text) => /^(?!(?:D[EIA]|LA|LO|EL|BEN|AL)\b)(\S+) \S+$/.exec(text)?.[1] ?? null),
  cognome_da_sposata: married,
  cognome_refuso: surname(slip),
  cognome_dettato: surname(alike),
  cognome_senza_apostrofo_o_spazio: surname(without),
  nome_refuso: name(slip),
  nome_dettato: name(alike),
  nome_in_piu: name((text, random) =>
    text.includes(' ') ? null : `${text} ${italianName(random, 'F', 1970)}`,
  ),
  nome_in_meno: name((text) => /^(\S+) \S+$/.exec(text)?.[1] ?? null),
  giorno_e_mese_scambiati: birth((text) => `${text.slice(0, 4)}-${text.slice(8)}-${text.slice(5, 7)}`),
  data_una_cifra: birth(otherDigit),
  data_parziale: partial,
  luogo_diverso: otherPlace,
  sesso: otherSex,
};

const CODE_LETTER = /[A-Z]/;

/** The code with one character wrong; its check character is that of the right one, as it is when a finger slips. */
function wrongCharacter(code: string, random: Random): string {
  if (code.length !== 16) return '';
  const at = random.int(0, 15);
  const here = code[at]!;
  const others = [...(CODE_LETTER.test(here) ? (at === 8 ? 'ABCDEHLMPRST' : LETTERS) : '0123456789')].filter(
    (c) => c !== here,
  );
  // A day must stay one: 1 to 31, or 41 to 71.
  const made = at === 9 ? code : code.slice(0, at) + random.pick(others) + code.slice(at + 1);
  return made === code ? code.slice(0, 15) + (checkLetter(code.slice(0, 15)) === 'A' ? 'B' : 'A') : made;
}

/** What becomes of the code in a register that holds wrong data, or does not know the right one. */
export function spoilCode(person: Person, wrong: boolean, random: Random): string {
  const kind = random.float();
  person.validity = '9';
  if (wrong && kind < 0.6 && person.code.length === 16) {
    person.code = fiscalCode(person.surname, person.name, person.sex, person.birth, person.place.cadastral);
    return 'codice_calcolato_dai_dati';
  }
  if (kind < (wrong ? 0.75 : 0.35)) return 'codice_non_validato';
  if (kind < (wrong ? 0.88 : 0.75) && person.code.length === 16) {
    person.code = wrongCharacter(person.code, random);
    return 'codice_un_carattere';
  }
  person.code = '';
  return 'codice_assente';
}
