/** Cells of the tracciato out of elements of a request, by the rules that the full supply of ANPR is read by too (rules.ts). */
import { parsePartialDate } from '../../../../kernel/day.ts';
import { childOf, textAt, type XmlElement } from '../../../../platform/xml/xml-records.ts';
import { CellReader, type Reading, type ReadingContext, type Rule } from '../rules.ts';

export type Cells = Record<string, string>;

/** The text at a path of names, '' where there is none. */
export const at = (element: XmlElement, path: string): string =>
  textAt(element, path === '' ? [] : path.split('/'));

interface Ready {
  readonly columns: readonly string[];
  readonly reader: CellReader;
}

const ready = new WeakMap<readonly Rule[], Ready>();

function readerOf(rules: readonly Rule[]): Ready {
  const made = ready.get(rules);
  if (made !== undefined) return made;
  const columns = [...new Set(rules.map((rule) => rule.column))];
  const fresh = { columns, reader: new CellReader(columns, rules) };
  ready.set(rules, fresh);
  return fresh;
}

/**
 * The cells that an element fills by the rules; those that it leaves empty are not there.
 * @param status the civil status that sources may depend on
 */
export function cellsOf(
  element: XmlElement | null,
  rules: readonly Rule[],
  context: ReadingContext,
  status = '',
): Cells {
  if (element === null) return {};
  const { columns, reader } = readerOf(rules);
  const read = reader.read(element, status, context);
  return Object.fromEntries(columns.flatMap((column, i) => (read[i] === '' ? [] : [[column, read[i]!]])));
}

/** One value at a path, read as a rule would. */
export function valueAt(
  element: XmlElement | null,
  path: string,
  by: Reading,
  context: ReadingContext,
): string {
  return cellsOf(element, [{ column: 'value', from: [{ path }], by }], context)['value'] ?? '';
}

/** A whole day at a path, or null. */
export function dayAt(element: XmlElement | null, path: string, context: ReadingContext): string | null {
  const text = valueAt(element, path, 'day', context);
  return parsePartialDate(text)?.length === 10 ? text : null;
}

/** comune/anno/parte/serie/numero of a tipoAtto, or of the one within a tipoAttoANPR; '' where there is none. */
export function actAt(element: XmlElement | null, context: ReadingContext): string {
  if (element === null) return '';
  const inner = childOf(element, 'atto') ?? childOf(element, 'attoANSC') ?? element;
  const number = at(inner, 'numeroAtto') || at(inner, 'numeroComunale');
  const comune = comuneAt(inner, 'comuneRegistrazione', context);
  if (number === '' && comune === '') return '';
  return [comune, at(inner, 'anno'), at(inner, 'parte'), at(inner, 'serie'), number].join('/');
}

/** A tipoComune by its code, or by its name; one that is no comune's is shown as it stands, and is then at fault. */
const comuneAt = (element: XmlElement, path: string, context: ReadingContext): string =>
  valueAt(element, path, 'comune', context) || at(element, `${path}/nomeComune`);

/** A comune or a state of a tipoProvenienzaDestinazione or a tipoLuogoEvento; null where there is none. */
export function placeAt(
  element: XmlElement | null,
  context: ReadingContext,
): { readonly comune?: string; readonly stato?: string } | null {
  if (element === null) return null;
  const comune = comuneAt(element, 'comune', context);
  if (comune !== '') return { comune };
  const stato = at(element, 'localita/codiceStato');
  return stato === '' ? null : { stato };
}
