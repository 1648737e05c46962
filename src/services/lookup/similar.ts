/**
 * How near a name that somebody bears is to the one that was typed, and why (services.md, Lookup: "fuzzy and phonetic matches, ranked, with the reason each
 * matched"). The measures are those of linkage. Pure.
 */
import { nameKey } from '../../kernel/text-keys.ts';
import type { IdentityFact } from '../../registry/answers/facts.ts';
import { isOneSlip, jaroWinkler } from '../../registry/linkage/measures.ts';
import { wordsOf } from '../../registry/linkage/names.ts';
import { soundOf } from '../../registry/linkage/sound.ts';
import { bonesOf, SLIP_FROM } from '../../registry/names/name-forms.ts';
import type { FoundForm } from '../../registry/names/names.sql.ts';

export interface Words {
  readonly it: string;
  readonly en: string;
}

/** A way of being near. */
interface Way {
  /** Steps away: lists are cut between them, never within one. */
  readonly level: number;
  /** Of two names on one level, the greater is the nearer. */
  readonly score: number;
  readonly words: Words | null;
}

const way = (level: number, score: number, it: string, en: string): Way => ({
  level,
  score,
  words: { it, en },
});

const WAYS = {
  equal: { level: 0, score: 1, words: null },
  reordered: way(0, 0.97, 'le stesse parole in altro ordine', 'the same words in another order'),
  slip: way(1, 0.92, 'una lettera di differenza', 'one letter of difference'),
  sound: way(1, 0.93, 'suona uguale', 'sounds the same'),
  part: way(1, 0.88, 'una parte del nome doppio', 'one part of the double name'),
  // "Luca" and "Luda", but "Rosa" and "Rosi" too.
  shortSlip: way(2, 0.82, 'una lettera di differenza', 'one letter of difference'),
  bones: way(2, 0.84, 'stesse consonanti', 'the same consonants'),
  nearPart: way(2, 0.76, 'simile a una parte del nome doppio', 'like one part of the double name'),
  similar: way(2, 0.74, 'simile', 'similar'),
} as const satisfies Readonly<Record<string, Way>>;
export type Nearness = keyof typeof WAYS;

/** A name that somebody bears, and how near it is. */
export interface NearName {
  readonly key: string;
  readonly near: Nearness;
}

/** Below it names that share a half are two names. */
const SIMILAR = 0.9;
/** Of names with few letters one that is alike in most of them is another name. */
const SIMILAR_FROM = 6;

/** A name with its sound, which is dear to make. */
interface Sounding {
  readonly key: string;
  readonly sound: string;
}
const sounding = (key: string): Sounding => ({ key, sound: soundOf(key) });

function nearnessOf({ key: form, sound: a }: Sounding, { key, sound: b }: Sounding): Nearness | null {
  if (form === key) return 'equal';
  const longest = Math.max(form.length, key.length);
  const slip = longest >= SLIP_FROM && isOneSlip(form, key);
  // The sound leaves out the last vowel: "Rossi" and "Rosso" share it, and are a letter apart.
  if (a === b && a.length > 1 && !(slip && form.slice(0, -1) === key.slice(0, -1))) return 'sound';
  if (slip) return longest > SLIP_FROM ? 'slip' : 'shortSlip';
  if (Math.min(form.length, key.length) < SIMILAR_FROM) return null;
  const alike = jaroWinkler(form, key);
  const bones = bonesOf(a);
  if (bones !== '' && bones === bonesOf(b) && alike >= SIMILAR - 0.1) return 'bones';
  return alike >= SIMILAR ? 'similar' : null;
}

const IN_PART: Readonly<Partial<Record<Nearness, Nearness>>> = {
  equal: 'part',
  slip: 'nearPart',
  sound: 'nearPart',
};

/** A name as it was typed: whole, and its words. */
interface Typed {
  readonly whole: Sounding;
  readonly words: readonly Sounding[];
}

/** How near a form found is: of the whole name, or of one word of it. */
function ofForm({ whole: typed, words }: Typed, { form, name_key, sound }: FoundForm): Nearness | null {
  const found = { key: form, sound };
  const whole = nearnessOf(found, typed);
  const isWord = words.some(({ key }) => key === form);
  if (form === name_key) {
    if (words.length < 2 || whole === 'equal') return whole;
    // "Rossi Bianchi" was typed, and the register has Rossi alone.
    if (isWord) return 'part';
    return whole ?? (words.some((word) => nearnessOf(found, word) === 'slip') ? 'nearPart' : null);
  }
  if (whole !== null) return IN_PART[whole] ?? null;
  return words.length > 1 && isWord ? 'nearPart' : null;
}

const better = (a: Nearness, b: Nearness | undefined): boolean =>
  b === undefined || WAYS[a].score > WAYS[b].score;

/** The names near the one typed, each once, by how near it is. @param forms found by its keys (name-forms.ts, soughtKeys) */
export function nearNames(typed: string, forms: readonly FoundForm[]): ReadonlyMap<string, NearName> {
  const key = nameKey(typed);
  const words = wordsOf(typed);
  const asked: Typed = { whole: sounding(key), words: words.map(sounding) };
  const nearest = new Map<string, Nearness>();
  const borne = new Map<string, Set<string>>();
  for (const found of forms) {
    const near = ofForm(asked, found);
    if (near !== null && better(near, nearest.get(found.name_key))) nearest.set(found.name_key, near);
    if (found.form !== found.name_key && words.includes(found.form))
      borne.set(found.name_key, (borne.get(found.name_key) ?? new Set()).add(found.form));
  }
  // All the words typed, and no other letter: "Maria Anna" for "Anna Maria".
  for (const [name, of] of borne)
    if (of.size === words.length && name.length === key.length && better('reordered', nearest.get(name)))
      nearest.set(name, 'reordered');
  const ordered = [...nearest].sort((a, b) => WAYS[b[1]].score - WAYS[a[1]].score || (a[0] < b[0] ? -1 : 1));
  return new Map(ordered.slice(0, MOST_NAMES).map(([name, near]) => [name, { key: name, near }]));
}

/** Names tried, the nearest ones. */
const MOST_NAMES = 200;

/** The names near a question: as typed, and with surname and given name the other way round. */
export interface NearQuestion {
  readonly surnames: ReadonlyMap<string, NearName>;
  /** null: no given name was asked. */
  readonly givens: ReadonlyMap<string, NearName> | null;
  /** Of the given name among surnames, and of the surname among given names; null where only one of them was typed. */
  readonly swapped: {
    readonly surnames: ReadonlyMap<string, NearName>;
    readonly givens: ReadonlyMap<string, NearName>;
  } | null;
}

/** How near somebody is. */
export interface Likeness {
  readonly level: number;
  readonly score: number;
  /** null: borne as typed. */
  readonly words: Words | null;
}

const SWAPPED: Way = way(1, 0.95, 'cognome e nome scambiati', 'surname and given name swapped');
const EQUAL: NearName = { key: '', near: 'equal' };

function likeness(parts: readonly (readonly [name: Words, near: NearName])[], swapped: boolean): Likeness {
  const ways = parts.map(([, { near }]): Way => WAYS[near]);
  const told = [
    ...(swapped ? [SWAPPED.words] : []),
    ...parts.map(([name, { near }]) => {
      const { words }: Way = WAYS[near];
      return words === null ? null : { it: `${name.it}: ${words.it}`, en: `${name.en}: ${words.en}` };
    }),
  ].filter((words) => words !== null);
  const level = ways.reduce((sum, w) => sum + w.level, swapped ? SWAPPED.level : 0);
  const score = ways.reduce((product, w) => product * w.score, swapped ? SWAPPED.score : 1);
  return {
    level,
    score,
    words:
      told.length === 0
        ? null
        : { it: told.map((w) => w.it).join('; '), en: told.map((w) => w.en).join('; ') },
  };
}

const SURNAME: Words = { it: 'cognome', en: 'surname' };
const GIVEN: Words = { it: 'nome', en: 'given name' };

/** How near an identity is to what was asked; null: not. */
export function likenessOf(
  { surname_key, given_key }: Pick<IdentityFact, 'surname_key' | 'given_key'>,
  { surnames, givens, swapped }: NearQuestion,
): Likeness | null {
  const found: Likeness[] = [];
  const surname = surnames.get(surname_key);
  const given = givens === null ? EQUAL : givens.get(given_key);
  if (surname !== undefined && given !== undefined)
    found.push(
      likeness(
        [
          [SURNAME, surname],
          [GIVEN, given],
        ],
        false,
      ),
    );
  const otherSurname = swapped?.surnames.get(surname_key);
  const otherGiven = swapped?.givens.get(given_key);
  if (otherSurname !== undefined && otherGiven !== undefined)
    found.push(
      likeness(
        [
          [SURNAME, otherSurname],
          [GIVEN, otherGiven],
        ],
        true,
      ),
    );
  return found.sort((a, b) => b.score - a.score)[0] ?? null;
}
