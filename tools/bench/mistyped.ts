/** Names as people mistype them: slips of the pen, spellings that sound the same, accents, swapped names, double names in part. Pure, seeded. */

export interface TypedName {
  readonly cognome: string;
  readonly nome: string;
}

export type Mistake = 'lettera' | 'suono' | 'segni' | 'scambiati' | 'doppi' | 'due lettere';
type Random = () => number;

const ALPHABET = 'ABCDEFGHILMNOPQRSTUVZ';
/** Neighbours on an Italian keyboard. */
const BESIDE: Readonly<Record<string, string>> = {
  A: 'SQZ',
  B: 'VNG',
  C: 'XVD',
  D: 'SFE',
  E: 'WRD',
  F: 'DGR',
  G: 'FHT',
  H: 'GJY',
  I: 'UOK',
  L: 'KO',
  M: 'N',
  N: 'BMH',
  O: 'IPL',
  P: 'O',
  Q: 'WA',
  R: 'ETF',
  S: 'ADW',
  T: 'RYG',
  U: 'YIJ',
  V: 'CBF',
  Z: 'XA',
};
/** Spellings that a clerk takes one for the other. */
const SOUNDS: readonly (readonly [RegExp, string])[] = [
  [/([BCDFGLMNPRSTVZ])\1/, '$1'],
  [/(?<=[AEIOU])([CFGLMNPRSTZ])(?=[AEIOU])/, '$1$1'],
  [/CH(?=[EI])/, 'K'],
  [/K/, 'C'],
  [/PH/, 'F'],
  [/F/, 'PH'],
  [/Y/, 'I'],
  [/J/, 'I'],
  [/Z(?=[AEIOU])/, 'S'],
  [/TH/, 'T'],
  [/W/, 'V'],
  [/H(?=[AEIOU])/, ''],
  [/X/, 'CS'],
  [/OU/, 'U'],
];

const pick = <T>(random: Random, of: readonly T[]): T => of[Math.floor(random() * of.length)]!;

/** One letter more, less, another, or two neighbours exchanged. */
function slip(random: Random, name: string): string {
  const at = Math.floor(random() * name.length);
  const [before, letter, after] = [name.slice(0, at), name.charAt(at), name.slice(at + 1)];
  switch (Math.floor(random() * 4)) {
    case 0:
      return before + letter + pick(random, [...ALPHABET]) + after;
    case 1:
      return before + after;
    case 2:
      return before + pick(random, [...(BESIDE[letter.toUpperCase()] ?? ALPHABET)]) + after;
    default:
      return before + after.charAt(0) + letter + after.slice(1);
  }
}

function bySound(random: Random, name: string): string | null {
  const fitting = SOUNDS.filter(([spelling]) => spelling.test(name));
  if (fitting.length === 0) return null;
  const [spelling, other] = pick(random, fitting);
  return name.replace(spelling, other);
}

/** Case, accents, apostrophes and spaces otherwise than the register has them: never a mistake, exact search finds it. */
function marks(random: Random, name: string): string {
  const small = name.toLowerCase();
  const last = small.at(-1) ?? '';
  const accented = { a: 'à', e: 'è', i: 'ì', o: 'ò', u: 'ù' }[last];
  switch (Math.floor(random() * 3)) {
    case 0:
      return accented === undefined ? small : small.slice(0, -1) + accented;
    case 1:
      return accented === undefined ? ` ${small} ` : `${small}'`;
    default:
      return small.replace(/['’\s]+/g, random() < 0.5 ? ' ' : '’ ');
  }
}

const OTHERS = ['Ferri', 'Bruni', 'Sala', 'Riva', 'Conti'];

/** One of two names, or one more. */
function double(random: Random, { cognome, nome }: TypedName): TypedName {
  const surnames = cognome.split(' ');
  const given = nome.split(' ');
  if (given.length > 1)
    return {
      cognome,
      nome:
        pick(
          random,
          given.filter((word) => word.length > 2),
        ) ?? nome,
    };
  if (surnames.length > 1 && surnames.every((word) => word.length > 3))
    return { cognome: pick(random, surnames), nome };
  return { cognome: `${cognome} ${pick(random, OTHERS)}`, nome };
}

/** @returns the name mistyped; null where this mistake cannot be made of it, or makes nothing else */
export function mistype(random: Random, mistake: Mistake, name: TypedName): TypedName | null {
  const { cognome, nome } = name;
  const ofSurname = random() < 0.6;
  const one = (change: (text: string) => string | null): TypedName | null => {
    const [a, b] = [ofSurname ? change(cognome) : cognome, ofSurname ? nome : change(nome)];
    return a === null || b === null || (a === cognome && b === nome) ? null : { cognome: a, nome: b };
  };
  switch (mistake) {
    case 'lettera':
      return one((text) => (text.length < 4 ? null : slip(random, text)));
    case 'due lettere':
      return cognome.length < 5 || nome.length < 5
        ? null
        : { cognome: slip(random, cognome), nome: slip(random, nome) };
    case 'suono':
      return one((text) => bySound(random, text));
    case 'segni':
      return { cognome: marks(random, cognome), nome: marks(random, nome) };
    case 'scambiati':
      return { cognome: nome, nome: cognome };
    case 'doppi':
      return double(random, name);
  }
}

/** Of a hundred queries: mostly one slip, as people type. */
export const MISTAKES: readonly (readonly [Mistake, number])[] = [
  ['lettera', 40],
  ['suono', 20],
  ['segni', 10],
  ['scambiati', 10],
  ['doppi', 15],
  ['due lettere', 5],
];

export function pickMistake(random: Random): Mistake {
  let at = random() * 100;
  for (const [mistake, share] of MISTAKES) {
    at -= share;
    if (at < 0) return mistake;
  }
  return 'lettera';
}
