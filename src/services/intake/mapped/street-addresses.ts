/** An address out of one field: "VIA EMILIA EST 12/B SC A INT 3" (tracciato.md 2, address columns). Pure, linear. */

export interface SplitAddress {
  specie: string;
  toponimo: string;
  civico: string;
  esponente: string;
  scala: string;
  piano: string;
  interno: string;
}

/** Kinds of streets and how they are shortened; those of two words first. */
const KINDS: readonly (readonly [written: string, kind: string])[] = [
  ...[
    'STRADA STATALE',
    'STRADA PROVINCIALE',
    'STRADA COMUNALE',
    'STRADA VICINALE',
    'VIA VICINALE',
    'VIA PRIVATA',
    'VICOLO CIECO',
  ].map((kind) => [kind, kind] as const),
  ...'BORGATA BORGO CALLE CAMPO CASCINA CASE CONTRADA CORSO CORTE CORTILE FONDAMENTA FRAZIONE GALLERIA GRADINATA LARGO LOCALITÀ LUNGOMARE PARCO PASSAGGIO PASSEGGIATA PIAGGIA PIAZZA PIAZZALE PIAZZETTA PONTE PORTA PORTICO QUARTIERE RAMPA RIONE RIVA ROTONDA RUA SALITA SENTIERO SLARGO SPIAZZO STRADA STRADELLA STRADELLO STRADONE TRAVERSA VIA VIALE VIALETTO VICO VICOLO VILLAGGIO VIOTTOLO'
    .split(' ')
    .map((kind) => [kind, kind] as const),
  ['V.LE', 'VIALE'],
  ['V.LO', 'VICOLO'],
  ['VLE', 'VIALE'],
  ['P.ZZA', 'PIAZZA'],
  ['P.ZA', 'PIAZZA'],
  ['PZZA', 'PIAZZA'],
  ['P.LE', 'PIAZZALE'],
  ['P.TTA', 'PIAZZETTA'],
  ['C.SO', 'CORSO'],
  ['CSO', 'CORSO'],
  ['L.GO', 'LARGO'],
  ['STR.', 'STRADA'],
  ['STR', 'STRADA'],
  ['S.DA', 'STRADA'],
  ['B.GO', 'BORGO'],
  ['C.DA', 'CONTRADA'],
  ['FRAZ.', 'FRAZIONE'],
  ['FR.', 'FRAZIONE'],
  ['LOC.', 'LOCALITÀ'],
  ['LOC', 'LOCALITÀ'],
  ["LOCALITA'", 'LOCALITÀ'],
  ['LOCALITA', 'LOCALITÀ'],
  ['V.', 'VIA'],
];
const ONE_WORD = new Map(KINDS.filter(([written]) => !written.includes(' ')));
const TWO_WORDS = new Map(KINDS.filter(([written]) => written.includes(' ')));

type Part = 'scala' | 'piano' | 'interno' | 'civico';
const MARKS: ReadonlyMap<string, Part> = new Map([
  ['SC', 'scala'],
  ['SC.', 'scala'],
  ['SCALA', 'scala'],
  ['P', 'piano'],
  ['P.', 'piano'],
  ['PIANO', 'piano'],
  ['INT', 'interno'],
  ['INT.', 'interno'],
  ['INTERNO', 'interno'],
  ['N', 'civico'],
  ['N.', 'civico'],
  ['NR', 'civico'],
  ['NR.', 'civico'],
  ['NUM.', 'civico'],
  ['N°', 'civico'],
]);
const SUFFIXES = new Set(['BIS', 'TER', 'QUATER']);
const NO_NUMBER = new Set(['SNC', 'S.N.C.', 'SN', 'S.N.']);
/** Longer than any address: the rest is a street's name, whatever it is. */
const MOST = 300;

const isDigit = (char: string | undefined): boolean => char !== undefined && char >= '0' && char <= '9';

/** "12", "12B", "12/B", "12-BIS": the number and what follows it; null for anything else. */
function numberOf(word: string): { civico: string; esponente: string } | null {
  let at = 0;
  while (isDigit(word[at])) at++;
  if (at === 0 || at > 5) return null;
  const rest = word.slice(at);
  if (rest === '') return { civico: word, esponente: '' };
  const suffix = rest.startsWith('/') || rest.startsWith('-') ? rest.slice(1) : rest;
  if (suffix === '' || suffix.length > 6 || [...suffix].some((c) => !/[A-Za-z0-9/]/.test(c))) return null;
  return { civico: word.slice(0, at), esponente: suffix };
}

/** "INT.3" is "INT." and "3". */
function wordsOf(text: string): string[] {
  return text
    .replaceAll(',', ' ')
    .split(' ')
    .filter((word) => word !== '' && word !== '-')
    .flatMap((word) => {
      const dot = word.indexOf('.');
      const mark = word.slice(0, dot + 1);
      return dot > 0 && (word.length === dot + 2 || isDigit(word[dot + 1])) && MARKS.has(mark.toUpperCase())
        ? [mark, word.slice(dot + 1)]
        : [word];
    });
}

/** Takes the words apart; case is left as written, but the kind of the street is in capitals. */
export function splitAddress(text: string): SplitAddress {
  const found: SplitAddress = {
    specie: '',
    toponimo: '',
    civico: '',
    esponente: '',
    scala: '',
    piano: '',
    interno: '',
  };
  if (text.length > MOST) return { ...found, toponimo: text };
  const words = wordsOf(text);
  const upper = words.map((word) => word.toUpperCase());
  let from = 0;
  const two = TWO_WORDS.get(`${upper[0]} ${upper[1]}`);
  const one = ONE_WORD.get(upper[0] ?? '');
  if (two !== undefined && words.length > 2) [found.specie, from] = [two, 2];
  else if (one !== undefined && words.length > 1) [found.specie, from] = [one, 1];
  let end = words.length;
  // From the end: what is marked, until the number of the house or a word of the street's name.
  for (;;) {
    const part = end - 2 > from ? MARKS.get(upper[end - 2]!) : undefined;
    if (part === undefined || found[part] !== '') break;
    if (part === 'civico') break;
    found[part] = words[end - 1]!;
    end -= 2;
  }
  end = takeNumber(words, upper, from, end, found);
  found.toponimo = words.slice(from, end).join(' ');
  return found;
}

/** Takes the number of the house at the end; the first word of the street's name is never one. @returns the new end */
function takeNumber(
  words: readonly string[],
  upper: readonly string[],
  from: number,
  end: number,
  found: SplitAddress,
): number {
  const last = upper[end - 1] ?? '';
  if (end - 1 > from && NO_NUMBER.has(last)) {
    found.civico = 'SNC';
    return end - 1;
  }
  let at = end - 1;
  let suffix = '';
  if (
    at - 1 > from &&
    (SUFFIXES.has(last) || (last.length === 1 && last >= 'A' && last <= 'Z')) &&
    numberOf(upper[at - 1]!) !== null
  ) {
    suffix = words[at]!;
    at--;
  }
  const number = at > from ? numberOf(words[at]!) : null;
  if (number === null || (suffix !== '' && number.esponente !== '')) return end;
  found.civico = number.civico;
  found.esponente = suffix === '' ? number.esponente : suffix;
  return at - 1 > from && MARKS.get(upper[at - 1]!) === 'civico' ? at - 1 : at;
}
