/**
 * The codice fiscale: reading, computing, comparing with a person.
 *
 * Sixteen characters: three of the surname, three of the name, two digits of the year, a letter for the month,
 * two digits for the day (plus 40 for women), four for the place (cadastral code of the comune, or Z and three
 * digits for a state), a check character. Where two persons would have the same code, the Agenzia writes letters
 * for some of its seven digits (omocodia). Eleven digits are a provisional code.
 * Source: D.M. 23 December 1976 (n. 13813), art. 1-7; D.P.R. 605/1973; tracciato.md 2 and 4 (EA001 … SIP-123).
 *
 * Reading goes by character codes, since it is done for every row of a supply.
 */
import { type Day, type PartialDate, precisionOf } from './day.ts';
import { nameKey } from './text-keys.ts';

/** A part of the code, as in `MalformedCode.part`. */
export type CodePart = 'surname' | 'name' | 'year' | 'month' | 'day' | 'place' | 'check';

/** A code of sixteen characters, each fit for its position; the check character may still be wrong. */
export interface DefinitiveCode {
  readonly kind: 'definitive';
  /** As written, in upper case. */
  readonly code: string;
  readonly surname: string;
  readonly name: string;
  /** The last two digits of the year of birth, 0 to 99. */
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly sex: 'M' | 'F';
  /** Cadastral code of the comune, or Z and three digits for a state; omocodia undone. */
  readonly place: string;
  /** Bit i is set where the i-th digit from the right has become a letter; 0 for a base form. */
  readonly omocodia: number;
  readonly checkDigitOk: boolean;
}

/** Eleven digits, given before the definitive code; the last is a check digit as in a partita IVA. */
export interface ProvisionalCode {
  readonly kind: 'provisional';
  readonly code: string;
  readonly checkDigitOk: boolean;
}

/** Right length, but a character unfit for its position, or a day that does not exist. */
export interface MalformedCode {
  readonly kind: 'malformed';
  /** The first unfit character, from 1; for a day that does not exist, that of the day. */
  readonly position: number;
  /** null in a provisional code. */
  readonly part: CodePart | null;
}

export type ParsedCode =
  | DefinitiveCode
  | ProvisionalCode
  | MalformedCode
  | { readonly kind: 'wrong-length'; readonly length: number };

/** The seven digits that omocodia may replace, from the right: bit 0 of a mask is the last digit of the place. */
const DIGIT_POSITIONS = [14, 13, 12, 10, 9, 7, 6] as const;
/** The letters that stand for 0 to 9. */
const OMOCODIC = 'LMNPQRSTUV';
/** The letters of the months. */
const MONTHS = 'ABCDEHLMPRST';
const MONTH_DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;
/** Where each part ends: the index after its last character. */
const PART_ENDS: readonly (readonly [number, CodePart])[] = [
  [3, 'surname'],
  [6, 'name'],
  [8, 'year'],
  [9, 'month'],
  [11, 'day'],
  [15, 'place'],
  [16, 'check'],
];

/** Weights of characters in odd positions (1st, 3rd …): digits 0-9 weigh as letters A-J. */
const ODD = [
  1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
] as const;
const A = 65;
const ZERO = 48;

/** Index of a character in the table of weights, for the upper-case letters and the digits. */
const rank = (char: number): number => (char >= A ? char - A : char - ZERO);

/** By character code: the digit it is or stands for, +16 where it is a letter; -1 where neither. */
const DIGIT = new Int8Array(128).fill(-1);
for (let digit = 0; digit < 10; digit++) {
  DIGIT[ZERO + digit] = digit;
  DIGIT[OMOCODIC.charCodeAt(digit)] = digit + 16;
}
/** By character code: the month, 0 where none. */
const MONTH = new Int8Array(128);
for (let month = 0; month < 12; month++) MONTH[MONTHS.charCodeAt(month)] = month + 1;

/**
 * The check character of the first fifteen (a sixteenth is not looked at).
 * @throws RangeError where there are fewer, or other than upper-case letters and digits
 */
export function checkDigit(first15: string): string {
  let sum = 0;
  for (let i = 0; i < 15; i++) {
    const value = rank(first15.charCodeAt(i));
    const weight = i % 2 === 0 ? ODD[value] : value >= 0 && value < 26 ? value : undefined;
    if (weight === undefined) throw new RangeError('fifteen upper-case letters and digits are needed');
    sum += weight;
  }
  return String.fromCharCode(A + (sum % 26));
}

/** The three letters of a surname: consonants first, then vowels, then X. '' and null give XXX. */
export function surnameCode(surname: string | null): string {
  return threeLetters(surname ?? '', false);
}

/** The same for a given name; of four consonants or more it takes the first, third and fourth. */
export function nameCode(given: string | null): string {
  return threeLetters(given ?? '', true);
}

const NOT_LATIN = /[^A-Z]+/g;
const isVowel = (letter: number): boolean =>
  letter === 65 || letter === 69 || letter === 73 || letter === 79 || letter === 85;

function threeLetters(text: string, skipSecond: boolean): string {
  // The third consonant of a surname settles it, and the fourth of a name.
  const enough = skipSecond ? 4 : 3;
  let consonants = '';
  let vowels = '';
  for (let i = 0; i < text.length && consonants.length < enough; i++) {
    const char = text.charCodeAt(i);
    // Rare; the key has no accents left, and what is no Latin letter in it is passed over.
    if (char > 127) return threeLetters(nameKey(text).replace(NOT_LATIN, ''), skipSecond);
    const letter = char >= 97 && char <= 122 ? char - 32 : char;
    if (letter < A || letter > 90) continue;
    if (isVowel(letter)) vowels += String.fromCharCode(letter);
    else consonants += String.fromCharCode(letter);
  }
  if (consonants.length === 4) return consonants[0]! + consonants[2]! + consonants[3]!;
  if (consonants.length === 3) return consonants;
  return `${consonants}${vowels}XXX`.slice(0, 3);
}

/** What a code is made of. */
export interface CodeIdentity {
  readonly cognome: string | null;
  readonly nome: string | null;
  readonly sesso: 'M' | 'F';
  readonly data_nascita: Day;
  /** Cadastral code of the comune of birth, on the day of birth, or Z code of the state. */
  readonly luogo: string;
}

/** The base form of somebody's code. The real one is the Agenzia's to give: it may differ by omocodia. */
export function computeCodiceFiscale(person: CodeIdentity): string {
  const date = person.data_nascita;
  const day = Number(date.slice(8, 10)) + (person.sesso === 'F' ? 40 : 0);
  const first15 =
    surnameCode(person.cognome) +
    nameCode(person.nome) +
    date.slice(2, 4) +
    MONTHS[Number(date.slice(5, 7)) - 1]! +
    String(day).padStart(2, '0') +
    person.luogo;
  return first15 + checkDigit(first15);
}

/** Reads a code, in upper or lower case. Spaces are characters like any other: cells come trimmed. */
export function parseCodiceFiscale(text: string): ParsedCode {
  if (text.length === 16) return parseDefinitive(text.toUpperCase());
  if (text.length === 11) return parseProvisional(text);
  return { kind: 'wrong-length', length: text.length };
}

const malformed = (index: number): MalformedCode => ({
  kind: 'malformed',
  position: index + 1,
  part: PART_ENDS.find(([end]) => index < end)?.[1] ?? null,
});

/** The characters that must be letters. */
const LETTER_POSITIONS = [0, 1, 2, 3, 4, 5, 8, 11, 15] as const;

function parseDefinitive(code: string): DefinitiveCode | MalformedCode {
  // Upper case of a few letters is longer ("ŉ"): such a code is malformed all the same.
  if (code.length !== 16) return malformed(0);
  const unfit = firstUnfit(code);
  if (unfit >= 0) return malformed(unfit);
  let omocodia = 0;
  for (let i = 0; i < 7; i++) {
    if (DIGIT[code.charCodeAt(DIGIT_POSITIONS[i]!)]! >= 16) omocodia |= 1 << i;
  }
  const digit = (index: number): number => DIGIT[code.charCodeAt(index)]! & 15;
  const year = digit(6) * 10 + digit(7);
  const month = MONTH[code.charCodeAt(8)]!;
  const written = digit(9) * 10 + digit(10);
  const day = written > 40 ? written - 40 : written;
  if (day < 1 || day > MONTH_DAYS[month - 1]!) return malformed(9);
  // The century is not written: 29 February of a year 00 may be that of 2000.
  if (month === 2 && day === 29 && year % 4 !== 0) return malformed(9);
  return {
    kind: 'definitive',
    code,
    surname: code.slice(0, 3),
    name: code.slice(3, 6),
    year,
    month,
    day,
    sex: written > 40 ? 'F' : 'M',
    place: (omocodia & 7) === 0 ? code.slice(11, 15) : `${code[11]}${digit(12)}${digit(13)}${digit(14)}`,
    omocodia,
    checkDigitOk: code[15] === checkDigit(code),
  };
}

/** Index of the first character unfit for its position, -1 where all are fit. */
function firstUnfit(code: string): number {
  let first = 16;
  for (const index of LETTER_POSITIONS) {
    const char = code.charCodeAt(index);
    if ((char < A || char > 90) && index < first) first = index;
  }
  for (const index of DIGIT_POSITIONS) {
    const char = code.charCodeAt(index);
    if ((char > 127 || DIGIT[char]! < 0) && index < first) first = index;
  }
  if (first > 8 && MONTH[code.charCodeAt(8)] === 0) first = 8;
  return first === 16 ? -1 : first;
}

function parseProvisional(code: string): ProvisionalCode | MalformedCode {
  let sum = 0;
  for (let i = 0; i < 11; i++) {
    const digit = code.charCodeAt(i) - ZERO;
    if (digit < 0 || digit > 9) return { kind: 'malformed', position: i + 1, part: null };
    const weighed = i % 2 === 1 ? digit * 2 : digit;
    sum += weighed > 9 ? weighed - 9 : weighed;
  }
  return { kind: 'provisional', code, checkDigitOk: sum % 10 === 0 };
}

/** The code with its digits as digits again, and its check character; null where it is not a definitive one. */
export function baseForm(code: string): string | null {
  const parsed = parseCodiceFiscale(code);
  return parsed.kind === 'definitive' ? baseFormOf(parsed) : null;
}

/** The same for a code already read; a base form is given back as it is, a wrong check character too. */
export function baseFormOf(parsed: DefinitiveCode): string {
  if (parsed.omocodia === 0) return parsed.code;
  const chars = [...parsed.code];
  for (const index of DIGIT_POSITIONS) chars[index] = String(DIGIT[parsed.code.charCodeAt(index)]! & 15);
  const first15 = chars.slice(0, 15).join('');
  return first15 + checkDigit(first15);
}

/** Are they two forms of one base? Then they belong to different people (registry.md, "People, not rows"). */
export function areTwoForms(a: string, b: string): boolean {
  if (a === b) return false;
  const base = baseForm(a);
  return base !== null && base === baseForm(b);
}

/** Is it a definitive code with letters for some of its digits? */
export function isOmocodic(code: string): boolean {
  const parsed = parseCodiceFiscale(code);
  return parsed.kind === 'definitive' && parsed.omocodia !== 0;
}

/**
 * The 128 forms a code may take, by mask (bit 0: the rightmost digit); the first is the base form.
 * @throws RangeError where `code` is not a definitive code
 */
export function omocodicForms(code: string): readonly string[] {
  const base = baseForm(code);
  if (base === null) throw new RangeError('not a definitive codice fiscale');
  return Array.from({ length: 128 }, (_, mask) => {
    const chars = [...base.slice(0, 15)];
    for (let i = 0; i < 7; i++) {
      const index = DIGIT_POSITIONS[i]!;
      if ((mask & (1 << i)) !== 0) chars[index] = OMOCODIC[Number(chars[index])]!;
    }
    const first15 = chars.join('');
    return first15 + checkDigit(first15);
  });
}

/** What is known of a person, to be compared with a code. */
export interface ComparedPerson {
  readonly cognome: string | null;
  readonly nome: string | null;
  readonly sesso: 'M' | 'F';
  readonly data_nascita: PartialDate;
  /** Every cadastral code that the place of birth has or had, Z codes for a state; empty: not compared. */
  readonly luoghi: readonly string[];
}

export type CodeDifference = 'surname' | 'name' | 'birth-date' | 'sex' | 'place';

const NONE: readonly CodeDifference[] = [];

/**
 * The parts in which a code and a person differ, after undoing omocodia (tracciato.md 4: EA038, EA042, SIP-120,
 * SIP-121); a partial birth date is not compared, nor a place of unknown code.
 */
export function explainDifferences(code: DefinitiveCode, person: ComparedPerson): readonly CodeDifference[] {
  const surname = surnameCode(person.cognome) !== code.surname;
  const name = nameCode(person.nome) !== code.name;
  const date = differsInDate(code, person.data_nascita);
  const sex = person.sesso !== code.sex;
  const place = person.luoghi.length > 0 && !person.luoghi.includes(code.place);
  if (!(surname || name || date || sex || place)) return NONE;
  const differences: CodeDifference[] = [];
  if (surname) differences.push('surname');
  if (name) differences.push('name');
  if (date) differences.push('birth-date');
  if (sex) differences.push('sex');
  if (place) differences.push('place');
  return differences;
}

function differsInDate(code: DefinitiveCode, date: PartialDate): boolean {
  if (precisionOf(date) !== 'day') return false;
  const two = (index: number): number =>
    (date.charCodeAt(index) - ZERO) * 10 + date.charCodeAt(index + 1) - ZERO;
  return two(2) !== code.year || two(5) !== code.month || two(8) !== code.day;
}
