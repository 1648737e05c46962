/**
 * The keys under which a name is found that is written almost so: its sound, the consonants of its sound, and its two halves, of which one slip of the pen
 * leaves one whole (docs/adr/0025). A double name stands under each of its words too. Pure.
 */
import { nameKey } from '../../kernel/text-keys.ts';
import { wordsOf } from '../linkage/names.ts';
import { soundOf } from '../linkage/sound.ts';

/** Surname or given name: cognome, nome. */
export type NameKind = 'C' | 'N';

/** A name as some supply wrote it. */
export interface WrittenName {
  readonly kind: NameKind;
  readonly text: string;
}

export interface NameForm {
  readonly kind: NameKind;
  readonly form: string;
  readonly name_key: string;
}

export interface NameKeys {
  readonly sound: string;
  readonly bones: string;
  readonly head: string;
  readonly tail: string;
}

/** Of shorter names a slip makes another one, and halves are borne by too many. */
export const SLIP_FROM = 4;
/** Consonants that tell names apart: of two, half the register would sound alike. */
const FEWEST_BONES = 3;

/** The consonants of a sound, with the vowel it begins with: "Mohammed" and "Muhamad" are MMD; '' for too few to tell by. */
export function bonesOf(sound: string): string {
  const bones = sound.slice(0, 1) + sound.slice(1).replace(/[AEIOU]/g, '');
  return bones.length >= FEWEST_BONES ? bones : '';
}

const half = (length: number): number => length >> 1;
const headKey = (length: number, head: string): string => `${length}${head}`;

export function keysOf(form: string): NameKeys {
  const sound = soundOf(form);
  const long = form.length >= SLIP_FROM;
  return {
    sound,
    bones: bonesOf(sound),
    head: long ? headKey(form.length, form.slice(0, half(form.length))) : '',
    tail: long ? headKey(form.length, form.slice(half(form.length))) : '',
  };
}

/** What is looked up for a name as typed: names one slip away are among those that share a half of their own length. */
export interface SoughtKeys {
  readonly forms: readonly string[];
  readonly sounds: readonly string[];
  readonly bones: readonly string[];
  readonly heads: readonly string[];
  readonly tails: readonly string[];
}

/** Two neighbours exchanged where the halves meet spoil both: the exchange undone is looked up too. */
function exchangedAt(key: string, at: number): string {
  return at < 1 || at >= key.length
    ? key
    : key.slice(0, at - 1) + key.charAt(at) + key.charAt(at - 1) + key.slice(at + 1);
}

export function soughtKeys(text: string): SoughtKeys {
  const key = nameKey(text);
  const { sound, bones } = keysOf(key);
  const heads = new Set<string>();
  const tails = new Set<string>();
  for (const length of [key.length - 1, key.length, key.length + 1]) {
    if (length < SLIP_FROM) continue;
    heads.add(headKey(length, key.slice(0, half(length))));
    tails.add(headKey(length, key.slice(key.length - (length - half(length)))));
  }
  return {
    forms: [...new Set([key, exchangedAt(key, half(key.length)), ...wordsOf(text)])],
    sounds: sound === '' ? [] : [sound],
    bones: bones === '' ? [] : [bones],
    heads: [...heads],
    tails: [...tails],
  };
}

/** Whole, and each word of a double name. */
export function formsOf({ kind, text }: WrittenName): NameForm[] {
  const name_key = nameKey(text);
  if (name_key === '') return [];
  return [...new Set([name_key, ...wordsOf(text)])].map((form) => ({ kind, form, name_key }));
}

/** Every form of the names, each once. */
export function distinctForms(names: Iterable<WrittenName>): NameForm[] {
  const forms = new Map<string, NameForm>();
  for (const name of names)
    for (const form of formsOf(name)) forms.set(`${form.kind} ${form.form} ${form.name_key}`, form);
  return [...forms.values()];
}
