/** The ways in which a person may be named (services.md, Lookup; issue 2.8). Pure. */
import { firstDay, lastDay, type PartialDate, parsePartialDate } from '../../kernel/day.ts';
import { nameKey } from '../../kernel/text-keys.ts';

export type PersonKey =
  | { readonly kind: 'code'; readonly codice_fiscale: string }
  | { readonly kind: 'provincial'; readonly entryId: number }
  | { readonly kind: 'number'; readonly comune: string; readonly id_soggetto: string }
  | {
      readonly kind: 'name';
      readonly surname: string;
      readonly given: string;
      readonly birth: PartialDate | null;
    };

/**
 * Reads words as a key: a codice fiscale (or its 11 provisional digits), P and a provincial identifier,
 * `comune:id_soggetto`, or surname, name and, if known, birth date.
 * @returns null when they are none of these
 */
export function parsePersonKey(words: readonly string[]): PersonKey | null {
  const [first, second, third] = words.map((w) => w.trim());
  if (first === undefined || first === '') return null;
  if (words.length === 1) {
    const provincial = /^P(\d{1,15})$/i.exec(first);
    if (provincial !== null) return { kind: 'provincial', entryId: Number(provincial[1]) };
    const number = /^(\d{6}):(.{1,20})$/.exec(first);
    if (number !== null) return { kind: 'number', comune: number[1]!, id_soggetto: number[2]! };
    // Codes are kept as the comune wrote them, wrong lengths too (EA001), and asked for as written.
    if (/^(?=.*\d)[A-Z0-9]{8,20}$/i.test(first)) return { kind: 'code', codice_fiscale: first.toUpperCase() };
    return null;
  }
  if (words.length > 3 || second === undefined) return null;
  const birth = third === undefined ? null : parsePartialDate(third);
  if (third !== undefined && birth === null) return null;
  if (nameKey(first) === '' && nameKey(second) === '') return null;
  return { kind: 'name', surname: first, given: second, birth };
}

/** The key as it is repeated to whoever asked. */
export function personKeyText(key: PersonKey): string {
  if (key.kind === 'code') return key.codice_fiscale;
  if (key.kind === 'provincial') return `P${key.entryId}`;
  if (key.kind === 'number') return `${key.comune}:${key.id_soggetto}`;
  return `${key.surname} ${key.given}${key.birth === null ? '' : ` ${key.birth}`}`;
}

/** Days between which a birth date lies; null bounds where it was not given. */
export function birthBounds(birth: PartialDate | null): readonly [string | null, string | null] {
  return birth === null ? [null, null] : [firstDay(birth), lastDay(birth)];
}
