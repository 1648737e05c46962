/**
 * Names as they are compared: accents, apostrophes, case and spaces never matter; of a double or maiden surname, or of several given
 * names, one part may be missing; two spellings may sound the same, or differ by a slip of the pen. Pure.
 */
import { nameKey } from '../../kernel/text-keys.ts';
import { isOneSlip, jaroWinkler } from './measures.ts';
import { soundOf } from './sound.ts';

export interface NameForm {
  readonly key: string;
  /** Keys of its words, particles joined to what follows: "De Luca Rossi" → DELUCA, ROSSI; null for a single word. */
  readonly parts: readonly string[] | null;
  readonly sound: string;
}

const PARTICLES = new Set(
  (
    'D DE DI DA DO DEL DELLA DELLE DELLO DELL DEI DEGLI DAL DALLA DALLE DALL DAI LA LE LO LI L ' +
    'SAN SANTA SANT VAN VON DER DEN EL AL BEN BIN ABU ABD O MC MAC DOS DAS SAINT ST'
  ).split(' '),
);

/** Keys of the words of a name, particles joined to what follows; one for a single word, none for none. */
export function wordsOf(text: string): readonly string[] {
  const parts: string[] = [];
  let before = '';
  for (const word of text.split(/[\s'’‘`´-]+/)) {
    const key = nameKey(word);
    if (key === '') continue;
    before += key;
    if (PARTICLES.has(key)) continue;
    parts.push(before);
    before = '';
  }
  if (before !== '') parts.push(before);
  return parts;
}

function partsOf(text: string): readonly string[] | null {
  const parts = wordsOf(text);
  return parts.length > 1 ? parts : null;
}

/** Makes name forms, one for each spelling, so that equal names are one object. */
export class NameForms {
  readonly #forms = new Map<string, NameForm>();
  readonly #byKey = new Map<string, NameForm>();

  /** null for a name that is not known, or a sign that there is none ("-", "."). */
  of(text: string | null): NameForm | null {
    if (text === null || text === '') return null;
    const known = this.#forms.get(text);
    if (known !== undefined) return known;
    const key = nameKey(text);
    if (key === '') return null;
    const parts = partsOf(text);
    // Without parts, spellings of one key are one form.
    const same = parts === null ? this.#byKey.get(key) : undefined;
    const form = same ?? { key, parts, sound: soundOf(key) };
    if (parts === null) this.#byKey.set(key, form);
    this.#forms.set(text, form);
    return form;
  }
}

/** A form as one text, its parts a space apart, from which `formOf` makes it again: a column of it tells all that is compared. */
export const textOfForm = (form: NameForm): string => form.parts?.join(' ') ?? form.key;

export function formOf(text: string): NameForm {
  const key = text.replaceAll(' ', '');
  return { key, parts: key === text ? null : text.split(' '), sound: soundOf(key) };
}

const partOf = (whole: NameForm, part: NameForm): boolean => {
  const { parts } = whole;
  if (parts === null) return false;
  if (part.parts === null) return parts.includes(part.key);
  return part.parts.length < parts.length && part.parts.every((p) => parts.includes(p));
};

/** The key of the name that is contained in the other as one part or more of it; null where neither is. */
export function containedKey(a: NameForm, b: NameForm): string | null {
  if (a.parts === null && b.parts === null) return null;
  if (partOf(a, b)) return b.key;
  return partOf(b, a) ? a.key : null;
}

/** The same words in another order: "Anna Maria" and "Maria Anna". */
export function isReordered(a: NameForm, b: NameForm): boolean {
  if (a.parts === null || b.parts === null || a.parts.length !== b.parts.length) return false;
  return a.key !== b.key && [...a.parts].sort().join(' ') === [...b.parts].sort().join(' ');
}

/** Of short names a slip makes another name: "Ada" and "Ida", "Neri" and "Meri". */
const SLIP_FROM = 4;

/** Equal, contained, of one sound, or a slip apart; what `closeness` calls similar is not enough. */
export const isRelated = (a: NameForm, b: NameForm): boolean =>
  a.key === b.key ||
  a.sound === b.sound ||
  containedKey(a, b) !== null ||
  (Math.max(a.key.length, b.key.length) >= SLIP_FROM && isOneSlip(a.key, b.key));

/** How close two names are that are neither equal nor contained. */
export type Closeness = 'slip' | 'sound' | 'similar' | 'far';

/** Below it two names of the same shape are as a rule two names: "Marini" and "Martini" 0.97, "Rossi" and "Russo" 0.80. */
const SIMILAR = 0.88;

export function closeness(a: NameForm, b: NameForm): Closeness {
  if (a.key === b.key) return 'slip';
  if (a.sound === b.sound) return 'sound';
  const [x, y] = [a.key, b.key];
  if (Math.abs(x.length - y.length) <= 1 && Math.max(x.length, y.length) >= SLIP_FROM && isOneSlip(x, y))
    return 'slip';
  return jaroWinkler(x, y) >= SIMILAR ? 'similar' : 'far';
}

/** What two names are to each other, whichever comes first: from equal to different. */
export const NAME_RELATIONS = ['equal', 'part', 'slip', 'similar', 'far'] as const;
export type NameRelation = (typeof NAME_RELATIONS)[number];

export function compareNames(a: NameForm, b: NameForm): NameRelation {
  if (a.key === b.key) return 'equal';
  if (containedKey(a, b) !== null || isReordered(a, b)) return 'part';
  const close = closeness(a, b);
  return close === 'sound' ? 'slip' : close;
}
