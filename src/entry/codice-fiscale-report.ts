/** What a codice fiscale says, whether it is sound, and how it differs from a person. Pure. */
import {
  baseFormOf,
  type CodeDifference,
  checkDigit,
  type DefinitiveCode,
  explainDifferences,
  nameCode,
  omocodicForms,
  parseCodiceFiscale,
  surnameCode,
} from '../kernel/codice-fiscale.ts';
import type { PartialDate } from '../kernel/day.ts';
import { type BirthPlace, cadastralCodesOf, findBirthPlaces } from '../reference/birth-places.ts';
import type { Comuni } from '../reference/comuni.ts';
import type { States } from '../reference/states.ts';

type Places = Comuni & States;

/** What is known of somebody; null where it is not. A name may be '': the person has none. */
export interface Told {
  readonly cognome: string | null;
  readonly nome: string | null;
  readonly sesso: 'M' | 'F' | null;
  readonly nascita: PartialDate | null;
  readonly luoghi: readonly BirthPlace[];
}

export const NOTHING_TOLD: Told = { cognome: null, nome: null, sesso: null, nascita: null, luoghi: [] };

/** A place as programs read it. */
export interface PlaceReport {
  readonly tipo: 'comune' | 'stato';
  readonly codice_istat: string | null;
  readonly nome: string;
  readonly provincia: string | null;
  readonly codice_catastale: string;
  /** The first day on which it no longer was. */
  readonly fino_al: string | null;
}

export const placeReport = (p: BirthPlace): PlaceReport => ({
  tipo: p.kind,
  codice_istat: p.code,
  nome: p.name,
  provincia: p.province,
  codice_catastale: p.cadastral,
  fino_al: p.validTo,
});

/** One part in which a code and a person differ: what each says. */
interface Difference {
  readonly parte: string;
  readonly codice: string;
  readonly persona: string;
}

const two = (n: number): string => String(n).padStart(2, '0');
const dateOf = (code: DefinitiveCode): string => `**${two(code.year)}-${two(code.month)}-${two(code.day)}`;

/** Only what was told is compared. */
function differencesOf(code: DefinitiveCode, told: Told, reference: Places): Difference[] {
  const luoghi = cadastralCodesOf(reference, told.luoghi);
  const found = explainDifferences(code, {
    cognome: told.cognome,
    nome: told.nome,
    sesso: told.sesso ?? code.sex,
    data_nascita: told.nascita ?? ('0001' as PartialDate),
    luoghi,
  });
  const words: Readonly<Record<CodeDifference, () => Difference>> = {
    surname: () => ({ parte: 'cognome', codice: code.surname, persona: surnameCode(told.cognome) }),
    name: () => ({ parte: 'nome', codice: code.name, persona: nameCode(told.nome) }),
    'birth-date': () => ({ parte: 'data di nascita', codice: dateOf(code), persona: told.nascita ?? '' }),
    sex: () => ({ parte: 'sesso', codice: code.sex, persona: told.sesso ?? '' }),
    place: () => ({ parte: 'luogo', codice: code.place, persona: luoghi.join(' ') }),
  };
  return found
    .filter((part) => part !== 'surname' || told.cognome !== null)
    .filter((part) => part !== 'name' || told.nome !== null)
    .map((part) => words[part]());
}

export interface CodeReport {
  readonly codice: string;
  readonly valido: boolean;
  readonly tipo: 'definitivo' | 'provvisorio' | 'malformato';
  /** Why it is not valid, in both languages; null where it is. */
  readonly motivo: string | null;
  readonly reason: string | null;
  readonly parti: Readonly<Record<string, string>> | null;
  /** What the code of the place means, on the birth date where it is known; empty where nothing has it. */
  readonly luogo: readonly PlaceReport[];
  /** null where no digit has become a letter. */
  readonly forma_base: string | null;
  readonly differenze: readonly Difference[];
  readonly forme?: readonly string[];
}

/** @param forms with the 128 forms that the code may take */
export function codeReport(text: string, told: Told, reference: Places, forms: boolean): CodeReport {
  const code = parseCodiceFiscale(text);
  const nothing = { codice: text.toUpperCase(), parti: null, luogo: [], forma_base: null, differenze: [] };
  if (code.kind === 'wrong-length')
    return {
      ...nothing,
      valido: false,
      tipo: 'malformato',
      motivo: `ha ${code.length} caratteri: ne servono 16, o 11 cifre se provvisorio`,
      reason: `it has ${code.length} characters: 16 are needed, or 11 digits if provisional`,
    };
  if (code.kind === 'malformed')
    return {
      ...nothing,
      valido: false,
      tipo: 'malformato',
      motivo: `il carattere ${code.position} non può stare lì`,
      reason: `character ${code.position} cannot stand there`,
    };
  const valido = code.checkDigitOk;
  if (code.kind === 'provisional')
    return {
      ...nothing,
      valido,
      tipo: 'provvisorio',
      motivo: valido ? null : 'la cifra di controllo è errata',
      reason: valido ? null : 'its check digit is wrong',
    };
  const expected = checkDigit(code.code.slice(0, 15));
  return {
    codice: code.code,
    valido,
    tipo: 'definitivo',
    motivo: valido ? null : `il carattere di controllo è errato: dovrebbe essere ${expected}`,
    reason: valido ? null : `its check character is wrong: it should be ${expected}`,
    parti: {
      cognome: code.surname,
      nome: code.name,
      nascita: dateOf(code),
      sesso: code.sex,
      luogo: code.place,
      controllo: code.code[15]!,
    },
    luogo: findBirthPlaces(reference, code.place, told.nascita).map(placeReport),
    forma_base: code.omocodia === 0 ? null : baseFormOf(code),
    differenze: differencesOf(code, told, reference),
    ...(forms ? { forme: omocodicForms(code.code) } : {}),
  };
}
