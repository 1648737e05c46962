/** Comparisons of single values, each as far as it was declared: the same, certainly another, or not to be told. Pure. */
import { firstDay, lastDay, type PartialDate } from '../../kernel/day.ts';
import { civicoKey, nameKey, streetKey } from '../../kernel/text-keys.ts';
import type { AddressAnswer } from '../../registry/answers/residence.ts';
import { isOneSlip } from '../../registry/linkage/measures.ts';
import type { DeclaredAddress, NamedPerson } from './declaration.ts';
import type { KnownName, KnownPerson } from './evidence.ts';

export type Comparison = 'same' | 'different' | 'unsure';

/**
 * A declared date against a held one: the same where the held one says no less than was declared and lies within it; different where no reading
 * of both agrees; else not to be told (registry.md, "Dates may be partial").
 */
export function compareDates(declared: PartialDate, held: PartialDate): Comparison {
  if (firstDay(held) >= firstDay(declared) && lastDay(held) <= lastDay(declared)) return 'same';
  return lastDay(held) < firstDay(declared) || firstDay(held) > lastDay(declared) ? 'different' : 'unsure';
}

/** Names agree without accents, apostrophes, case and spacing (services.md, Lookup). A single slip of the pen is no other name. */
export function compareNames(declared: string, held: string | null): Comparison {
  const [a, b] = [nameKey(declared), nameKey(held)];
  if (a === b) return 'same';
  if (a !== '' && b !== '' && (isOneSlip(a, b) || partOf(declared, held) || partOf(held ?? '', declared)))
    return 'unsure';
  return 'different';
}

/** "MARIO" of "MARIO LUIGI": a name of several may be told by the first. */
function partOf(short: string, long: string | null): boolean {
  const words = (long ?? '').split(/\s+/).map(nameKey);
  const asked = short.split(/\s+/).map(nameKey);
  return asked.length < words.length && asked.every((word, i) => word === words[i]);
}

/** The whole number of a held address: "12" and "A" are "12/A". */
export const heldCivico = (address: AddressAnswer): string =>
  civicoKey(`${address.civico ?? ''}${address.esponente === undefined ? '' : `/${address.esponente}`}`);

const plain = (value: string | undefined): string => nameKey(value ?? '').replace(/^0+(?=.)/, '');

/** A number written with the flat ("12 int. 3", "12/A/3" is not one): number, and what was said after it. */
export function splitCivico(written: string): { readonly civico: string; readonly interno: string | null } {
  const match = /^(.*?)[\s,]*\bint(?:erno)?\b\.?\s*(\S+)\s*$/i.exec(written.slice(0, 40));
  return match === null
    ? { civico: written, interno: null }
    : { civico: match[1] ?? '', interno: match[2] ?? null };
}

/**
 * An address at the precision declared: "via Emilia 12" agrees with VIA EMILIA 12 INT. 3 and not with VIA EMILIA EST 12 (services.md). A number without
 * its letter is the number that has none (tracciato.md 3, TOPONOMASTICA).
 */
export function compareAddress(declared: DeclaredAddress, held: AddressAnswer): Comparison {
  const names = streetNames(held);
  if (names.length === 0) return 'unsure';
  return names.includes(bareStreet(declared.via)) ? compareDoor(declared, held) : 'different';
}

/** Spacing never matters: "Canal Grande" is CANALGRANDE. */
const bareStreet = (street: string): string => streetKey(street).replaceAll(' ', '');

/** The street with its kind, and without: "Emilia Est 12". */
function streetNames({ specie, toponimo }: AddressAnswer): readonly string[] {
  const whole = bareStreet([specie, toponimo].filter((part) => part !== undefined).join(' '));
  return whole === '' ? [] : [whole, bareStreet(toponimo ?? '')];
}

/** XXIV MAGGIO and XXV APRILE, I MAGGIO and II MAGGIO: a figure that differs is another street. */
const figures = (street: string): string =>
  street
    .toUpperCase()
    .split(/[^A-Z0-9]+/)
    .filter((word) => /^(?:[IVXLCDM]+|\d+)$/.test(word))
    .join(' ');
/** In a shorter name one letter is too much of it. */
const SHORTEST_SLIP = 6;

/** Would it be the same door, but for a single slip of the pen in the street's name? That is no other street, nor surely this one. */
export function isNearlyAddress(declared: DeclaredAddress, held: AddressAnswer): boolean {
  const asked = bareStreet(declared.via);
  const near = streetNames(held).some((name) => asked.length >= SHORTEST_SLIP && isOneSlip(asked, name));
  return (
    near &&
    figures(declared.via) === figures(held.toponimo ?? '') &&
    compareDoor(declared, held) !== 'different'
  );
}

/** Number, letter, stair, floor and flat, as far as they were declared. */
function compareDoor(declared: DeclaredAddress, held: AddressAnswer): Comparison {
  const { civico, interno } = splitCivico(declared.civico ?? '');
  if (declared.civico !== undefined && civicoKey(civico) !== heldCivico(held)) return 'different';
  const flat = declared.interno ?? interno ?? undefined;
  const parts = [
    [flat, held.interno],
    [declared.scala, held.scala],
    [declared.piano, held.piano],
  ] as const;
  const told = parts.filter(([asked]) => asked !== undefined);
  // What the comune never wrote down contradicts nobody.
  if (told.some(([asked, known]) => known !== undefined && plain(asked) !== plain(known))) return 'different';
  return told.some(([, known]) => known === undefined) ? 'unsure' : 'same';
}

/** Is the one named this person? By code where one was given; else by names, former ones too, and birth as far as it was said. */
export function compareNamed(named: NamedPerson, known: KnownPerson): Comparison {
  const byCode = named.codice_fiscale !== undefined;
  if (byCode && known.codici.has(named.codice_fiscale ?? '')) return 'same';
  if (named.cognome === undefined) return known.codici.size === 0 ? 'unsure' : 'different';
  const each = known.nomi.map((name) => compareOne(named, name));
  if (each.every((one) => one === 'different')) return 'different';
  // The names agree, and a code that was given does not: it may be mistyped, or the register may lack it.
  return each.includes('same') && !byCode ? 'same' : 'unsure';
}

function compareOne(named: NamedPerson, name: KnownName): Comparison {
  const parts = [
    compareNames(named.cognome ?? '', name.cognome),
    compareNames(named.nome ?? '', name.nome),
    ...(named.data_nascita === undefined ? [] : [compareDates(named.data_nascita, name.data_nascita)]),
  ];
  if (parts.includes('different')) return 'different';
  return parts.includes('unsure') ? 'unsure' : 'same';
}
