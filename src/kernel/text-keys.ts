/**
 * Keys under which names, streets and numbers are found: "accents, apostrophes, case and spacing never matter"
 * (services.md, Lookup). Two writings that people take for the same give one key; keys are never shown.
 */

/** Latin letters that Unicode does not decompose into a letter and a mark. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'SS',
  ẞ: 'SS',
  Æ: 'AE',
  Œ: 'OE',
  Ø: 'O',
  Đ: 'D',
  Ð: 'D',
  Ł: 'L',
  Þ: 'TH',
  Ħ: 'H',
  Ŧ: 'T',
  Ŋ: 'N',
  ı: 'I',
};
const SPECIAL = /[ßẞÆŒØĐÐŁÞĦŦŊı]/g;
const PLAIN = /^[A-Z]*$/;

/** Upper case, without marks: "Nicolò" → "NICOLO". */
function plainUpper(text: string): string {
  if (PLAIN.test(text)) return text;
  return text
    .replace(/ı/g, 'I')
    .toUpperCase()
    .replace(SPECIAL, (letter) => LETTERS[letter]!)
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '');
}

/** The key of a surname or a given name: its letters and digits alone. "d’ Angelo" → "DANGELO"; '' for none. */
export function nameKey(name: string | null): string {
  if (name === null) return '';
  if (PLAIN.test(name)) return name;
  return plainUpper(name).replace(/[^\p{L}\p{N}]+/gu, '');
}

/** Abbreviations of the kind of street, as municipal registers write them. */
const KINDS: Readonly<Record<string, string>> = {
  V: 'VIA',
  VLE: 'VIALE',
  VL: 'VIALE',
  PZZA: 'PIAZZA',
  PZA: 'PIAZZA',
  PZ: 'PIAZZA',
  PZLE: 'PIAZZALE',
  PLE: 'PIAZZALE',
  CSO: 'CORSO',
  CRSO: 'CORSO',
  LGO: 'LARGO',
  VLO: 'VICOLO',
  VIC: 'VICOLO',
  STR: 'STRADA',
  STRD: 'STRADA',
  LOC: 'LOCALITA',
  FRAZ: 'FRAZIONE',
  FR: 'FRAZIONE',
  CTRA: 'CONTRADA',
  CDA: 'CONTRADA',
  BGO: 'BORGO',
  GALL: 'GALLERIA',
  TRAV: 'TRAVERSA',
};

/** The key of a street: "V.le dell' Autodromo" → "VIALE DELLAUTODROMO". Words stay apart: "EMILIA" is not "EMILIA EST". */
export function streetKey(street: string): string {
  const words = plainUpper(street)
    .replace(/['’‘`´]\s*/g, '')
    .replace(/\./g, (_, at: number, all: string) =>
      /\.\S/.test(all.slice(at, at + 2)) && at <= 4 ? '' : ' ',
    )
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  const kind = words[0];
  // "S.ANNA" and "S. ANNA" alone stay as written: a saint's full name cannot be told from an initial.
  if (kind !== undefined && words.length > 1 && KINDS[kind] !== undefined) words[0] = KINDS[kind];
  return words.join(' ');
}

/** The key of a house number with its suffix: "12 a", "12/A", "0012-A" → "12/A"; "SNC" and '' → ''. */
export function civicoKey(civico: string): string {
  const text = plainUpper(civico).trim();
  if (text === '' || /^(?:SNC|S\.N\.C?\.?|S\/N|SN|0+)$/.test(text)) return '';
  const parts = text.match(/\d+|\p{L}+/gu);
  if (parts === null) return '';
  return parts.map((part) => part.replace(/^0+(?=\d)/, '')).join('/');
}
