/**
 * Codici fiscali for invented people (DM 23/12/1976), fast enough for a million, and a book of those given out: nobody gets
 * the code of somebody else by chance. The book keeps 8 bytes a code, whatever the province.
 */
import { dayText } from './calendar.ts';
import { hash } from './random.ts';

const MONTHS = 'ABCDEHLMPRST';
/** Values of 0-9 and A-Z in odd positions; digits and letters A-J share the first ten. */
const ODD_VALUES = [
  1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
];
const OMOCODIA = 'LMNPQRSTUV';
/** The seven digits that omocodia may replace, from the right. */
const DIGIT_PLACES = [14, 13, 12, 10, 9, 7, 6];

const letters = (text: string): string =>
  text
    .normalize('NFD')
    .toUpperCase()
    .replace(/[^A-Z]/g, '');

const surnameCodes = new Map<string, string>();
const nameCodes = new Map<string, string>();

function surnameCode(surname: string): string {
  let code = surnameCodes.get(surname);
  if (code === undefined) {
    const text = letters(surname);
    code = `${text.replace(/[AEIOU]/g, '')}${text.replace(/[^AEIOU]/g, '')}XXX`.slice(0, 3);
    surnameCodes.set(surname, code);
  }
  return code;
}

function nameCode(name: string): string {
  let code = nameCodes.get(name);
  if (code === undefined) {
    const text = letters(name);
    const consonants = text.replace(/[AEIOU]/g, '');
    code =
      consonants.length > 3
        ? `${consonants[0]}${consonants[2]}${consonants[3]}`
        : `${consonants}${text.replace(/[^AEIOU]/g, '')}XXX`.slice(0, 3);
    nameCodes.set(name, code);
  }
  return code;
}

/** The check letter of the first fifteen characters. */
export function checkLetter(body: string): string {
  let sum = 0;
  for (let i = 0; i < 15; i++) {
    const c = body.charCodeAt(i);
    const value = c < 58 ? c - 48 : c - 65;
    sum += i % 2 === 0 ? ODD_VALUES[value]! : value;
  }
  return String.fromCharCode(65 + (sum % 26));
}

/** The first fifteen characters. */
function body(surname: string, name: string, sex: 'M' | 'F', birth: number, cadastral: string): string {
  const text = dayText(birth);
  const day = Number(text.slice(8)) + (sex === 'F' ? 40 : 0);
  const month = MONTHS[Number(text.slice(5, 7)) - 1];
  return `${surnameCode(surname)}${nameCode(name)}${text.slice(2, 4)}${month}${day < 10 ? `0${day}` : day}${cadastral}`;
}

/** The code of somebody nobody else shares it with. */
export function fiscalCode(
  surname: string,
  name: string,
  sex: 'M' | 'F',
  birth: number,
  cadastral: string,
): string {
  const text = body(surname, name, sex, birth, cadastral);
  return text + checkLetter(text);
}

/** The code with its last `digits` digits replaced by letters, as the Agenzia gives it where two people would share one. */
export function omocodic(code: string, digits: number): string {
  const chars = [...code.slice(0, 15)];
  for (const place of DIGIT_PLACES.slice(0, digits)) chars[place] = OMOCODIA[Number(chars[place])]!;
  const text = chars.join('');
  return text + checkLetter(text);
}

/** A provisional code: eleven digits, the last a check digit as in a partita IVA. */
export function provisionalCode(number: number): string {
  const text = `9${String(number % 1_000_000_000).padStart(9, '0')}`;
  let sum = 0;
  for (let i = 0; i < 10; i++) {
    const value = Number(text[i]) * (i % 2 === 0 ? 1 : 2);
    sum += value > 9 ? value - 9 : value;
  }
  return text + ((10 - (sum % 10)) % 10);
}

/** Which person has which code. */
export class CodeBook {
  private readonly keys: Int32Array;
  private readonly owners: Int32Array;
  private readonly mask: number;

  /** @param people how many, at most, will ask for a code. */
  constructor(people: number) {
    let size = 1024;
    while (size < people * 1.6) size *= 2;
    this.keys = new Int32Array(size);
    this.owners = new Int32Array(size);
    this.mask = size - 1;
  }

  /** True when the code was free, or already this person's; it is theirs from now on. */
  take(code: string, owner: number): boolean {
    let a = 0x811c9dc5;
    let b = 0x1b873593;
    for (let i = 0; i < 15; i++) {
      const c = code.charCodeAt(i);
      a = Math.imul(a ^ c, 0x01000193);
      b = Math.imul(b + c, 0x2c1b3c6d) ^ (b >>> 13);
    }
    const key = (b ^ (b >>> 16)) | 1;
    const mine = owner | 1;
    let slot = (a ^ (a >>> 15)) & this.mask;
    for (;;) {
      const held = this.keys[slot]!;
      if (held === 0) {
        this.keys[slot] = key;
        this.owners[slot] = mine;
        return true;
      }
      if (held === key) return this.owners[slot] === mine;
      slot = (slot + 1) & this.mask;
    }
  }
}

/** The owner number of one person: the same in every register that knows them. */
export const ownerOf = (unit: number, member: number): number => hash(unit, member);
