/**
 * Words for codes, comuni and states, as operators call them: from the reference data of the installation. A code outside
 * its table is shown as the comune wrote it.
 */
import type { Day } from '../kernel/day.ts';
import { nameKey } from '../kernel/text-keys.ts';
import type { TableName } from '../reference/code-tables.ts';
import { loadReference, type Reference } from '../reference/load-reference.ts';
import type { Elsewhere } from '../registry/answers/elsewhere.ts';
import type { AddressColumns } from '../registry/answers/facts.ts';
import type { Kinship } from '../registry/answers/kinship.ts';
import type { HouseholdName } from '../registry/answers/person-state.ts';
import type { AddressAnswer } from '../registry/answers/residence.ts';
import type { CommandContext } from './command.ts';
import { readConfig } from './config.ts';

/** The province that the installation serves. */
export const PROVINCE = 'MO';

type Told = string | null | undefined;

/** First letters small, for the middle of a line ("Celibe/Nubile"); the rest as it is ("iscrizione AIRE"). */
const small = (text: string): string =>
  text.replace(/(^|\/)\p{Lu}(?=\p{Ll})/gu, (first) => first.toLowerCase());

export class Labels {
  readonly #load: () => Reference;
  #reference: Reference | null = null;

  /** @param load called when a word is first needed: answers in JSON need none */
  constructor(load: () => Reference) {
    this.#load = load;
  }

  get #data(): Reference {
    this.#reference ??= this.#load();
    return this.#reference;
  }

  /** "coniugato/a" for T1 2; what was written, for a code outside its table ("~77"). */
  code(table: TableName, code: Told): string {
    if (code === null || code === undefined) return '';
    if (code.startsWith('~')) return `codice sconosciuto «${code.slice(1)}»`;
    const words = this.#data.describeCode(table, code);
    return words === null ? code : small(words);
  }

  /** "Serramazzoni (036042)", by its name of that day where one is given; the code alone where the name is not known. */
  comune(code: Told, on?: Day): string {
    if (code === null || code === undefined) return '';
    const name = this.#data.comuneName(code, on);
    return name === null ? code : `${name} (${code})`;
  }

  /** "Romania (235)". */
  state(code: Told): string {
    if (code === null || code === undefined) return '';
    if (code.startsWith('~')) return `codice sconosciuto «${code.slice(1)}»`;
    const name = this.#data.stateName(code);
    return name === null ? code : `${name} (${code})`;
  }

  /** The ISTAT code of a comune written by its code, of any time, or by its name of today; null when there is none. */
  comuneCode(text: string): string | null {
    if (/^\d{6}$/.test(text)) return this.#data.comuneName(text) === null ? null : text;
    const found = this.#data.findComuniByName(text).filter(({ validTo }) => validTo === null);
    return found[0]?.istat ?? null;
  }

  /** Comuni of today whose name begins like what was written, those of the province first, for who mistyped it. */
  comuniLike(text: string): string[] {
    const start = nameKey(text).slice(0, 3);
    const ours = this.#data.provinceComuni(PROVINCE);
    const near = [...ours, ...this.#data.presentComuni()].filter(({ name }) =>
      nameKey(name).startsWith(start),
    );
    return [...new Set(near.map(({ name }) => name))].slice(0, 5);
  }
}

/** The words of the installation that a command works in. */
export function labelsOf({ env, root }: Pick<CommandContext, 'env' | 'root'>): Labels {
  return new Labels(() => loadReference({ dataFolder: readConfig(env, root).dataFolder }));
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

/** A comune or a state where somebody went. */
export const elsewhereWords = (place: Elsewhere, labels: Labels): string =>
  'comune' in place ? labels.comune(place.comune) : labels.state(place.stato);

/** "coniuge/marito/moglie"; where nobody heads the family, what was declared last stands beside it. */
export function kinshipWords(
  { relazione, ultima_dichiarata }: Kinship,
  tipo: HouseholdName['tipo'],
  labels: Labels,
): string {
  const table = tipo === 'famiglia' ? 'T5' : 'T6';
  const words = labels.code(table, relazione);
  return ultima_dichiarata === undefined
    ? words
    : `${words} (ultima dichiarata: ${labels.code(table, ultima_dichiarata)})`;
}
