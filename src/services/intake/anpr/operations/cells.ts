/**
 * Cells of the tracciato that come straight out of elements of the national requests: data, read by `cellsOf`. The same table
 * tells of a cell at fault which element of the request it was (answer.ts), and fills docs/generated/anpr-operations.md.
 */
import { parsePartialDate } from '../../../../kernel/day.ts';
import { textAt, type XmlElement } from '../../../../platform/xml/xml-records.ts';
import type { Reference } from '../../../../reference/load-reference.ts';

/** How the text of an element becomes that of a cell; the text itself where none is named. */
export type Reading = 'upper' | 'sex' | 'birth' | 'comune' | 'code' | 'mark' | 'document';

export interface CellRule {
  readonly column: string;
  /** From the element of the table; `''` is the element itself. */
  readonly path: string;
  readonly reading?: Reading;
}

/** tipoGeneralita. */
export const GENERALITA_CELLS: readonly CellRule[] = [
  { column: 'codice_fiscale', path: 'codiceFiscale/codFiscale', reading: 'upper' },
  { column: 'validita_cf', path: 'codiceFiscale/validitaCF', reading: 'code' },
  { column: 'cognome', path: 'cognome' },
  { column: 'nome', path: 'nome' },
  { column: 'sesso', path: 'sesso', reading: 'sex' },
  { column: 'data_nascita', path: 'dataNascita', reading: 'birth' },
  { column: 'comune_nascita', path: 'luogoNascita/comune', reading: 'comune' },
  { column: 'stato_nascita', path: 'luogoNascita/localita/codiceStato' },
  { column: 'localita_nascita', path: 'luogoNascita/localita/descrizioneLocalita' },
];

/** tipoAltriDati. */
export const DECLARED_CELLS: readonly CellRule[] = [
  { column: 'titolo_studio', path: 'titoloStudio', reading: 'code' },
  { column: 'posizione_professionale', path: 'posizioneProfessionale', reading: 'code' },
  { column: 'condizione_non_professionale', path: 'condizioneNonProfessionale', reading: 'code' },
];

/** tipoCartaIdentita. */
export const DOCUMENT_CELLS: readonly CellRule[] = [
  { column: 'documento_tipo', path: '', reading: 'document' },
  { column: 'documento_numero', path: 'numero' },
  { column: 'documento_rilascio', path: 'dataRilascio' },
  { column: 'documento_scadenza', path: 'dataScadenza' },
];

/** tipoPermessoSoggiorno. */
export const PERMIT_CELLS: readonly CellRule[] = [
  { column: 'soggiorno_tipo', path: 'tipoSoggiorno', reading: 'code' },
  { column: 'soggiorno_scadenza', path: 'dataScadenza' },
];

/** tipoIndirizzo, within tipoResidenza. The letter of the number is its esponente where no other is given. */
export const ADDRESS_CELLS: readonly CellRule[] = [
  { column: 'specie', path: 'toponimo/specie' },
  { column: 'toponimo', path: 'toponimo/denominazioneToponimo' },
  { column: 'civico', path: 'numeroCivico/numero' },
  { column: 'civico', path: 'numeroCivico/metrico' },
  { column: 'esponente', path: 'numeroCivico/esponente1' },
  { column: 'esponente', path: 'numeroCivico/lettera' },
  { column: 'scala', path: 'numeroCivico/civicoInterno/scala' },
  { column: 'piano', path: 'numeroCivico/civicoInterno/piano' },
  { column: 'interno', path: 'numeroCivico/civicoInterno/interno1' },
  { column: 'cap', path: 'cap' },
  { column: 'frazione', path: 'frazione' },
];

export type Cells = Record<string, string>;

export const at = (element: XmlElement, path: string): string =>
  textAt(element, path === '' ? [] : path.split('/'));

/** T1 to T15 write their codes without leading zeros; packages pad them to the width of the XML. */
export const plainCode = (text: string): string => text.replace(/^0+(?=.)/, '');

/** Number of a paper identity card: two letters, seven digits; of an electronic one: letters at both ends. */
const ELECTRONIC = /^[A-Z]{2}\d{5}[A-Z]{2}$/;

function documentKind(element: XmlElement): string {
  const told = at(element, 'cartaceaElettronica').toUpperCase();
  if (told === '2' || told === 'E') return 'CIE';
  if (told === '1' || told === 'C') return 'CI';
  return ELECTRONIC.test(at(element, 'numero').replace(/\s/g, '').toUpperCase()) ? 'CIE' : 'CI';
}

/** A date, of which `senzaGiorno` and `senzaGiornoMese` leave the month or the year. */
export function dateAt(element: XmlElement, path: string): string {
  const text = at(element, path);
  if (at(element, 'senzaGiornoMese') === '1') return text.slice(0, 4);
  return at(element, 'senzaGiorno') === '1' ? text.slice(0, 7) : text;
}

/** The ISTAT code of a tipoComune: as given, or by its name and province; '' where there is none. */
export function comuneAt(element: XmlElement, path: string, reference: Reference): string {
  const code = at(element, `${path}/codiceIstat`);
  const name = at(element, `${path}/nomeComune`);
  if (code !== '' || name === '') return code;
  const province = at(element, `${path}/siglaProvinciaIstat`).toUpperCase();
  const codes = new Set(
    reference
      .findComuniByName(name)
      .filter((comune) => province === '' || comune.province === province)
      .map((comune) => comune.istat),
  );
  // A name that is no comune's, or that of several, is shown as it stands: the row is then at fault for it.
  return codes.size === 1 ? [...codes][0]! : name;
}

const READ: Readonly<Record<Reading, (element: XmlElement, path: string, reference: Reference) => string>> = {
  upper: (element, path) => at(element, path).toUpperCase(),
  sex: (element, path) => {
    const sex = at(element, path).toUpperCase();
    // N: not known.
    return sex === 'N' ? '' : sex;
  },
  birth: dateAt,
  comune: comuneAt,
  code: (element, path) => plainCode(at(element, path)),
  mark: (element, path) => (at(element, path).toUpperCase() === 'S' ? '1' : ''),
  document: documentKind,
};

/** The cells that an element fills; those that it leaves empty are not there. */
export function cellsOf(element: XmlElement | null, rules: readonly CellRule[], reference: Reference): Cells {
  const cells: Cells = {};
  if (element === null) return cells;
  for (const { column, path, reading } of rules) {
    const text = reading === undefined ? at(element, path) : READ[reading](element, path, reference);
    if (text !== '' && cells[column] === undefined) cells[column] = text;
  }
  return cells;
}

/** comune/anno/parte/serie/numero of a tipoAtto, or of the one within a tipoAttoANPR; '' where there is none. */
export function actAt(element: XmlElement | null, reference: Reference): string {
  if (element === null) return '';
  const inner = element.children.find((c) => c.name === 'atto' || c.name === 'attoANSC') ?? element;
  const number = at(inner, 'numeroAtto') || at(inner, 'numeroComunale');
  const comune = comuneAt(inner, 'comuneRegistrazione', reference);
  if (number === '' && comune === '') return '';
  return [comune, at(inner, 'anno'), at(inner, 'parte'), at(inner, 'serie'), number].join('/');
}

/** A comune or a state of a tipoProvenienzaDestinazione or a tipoLuogoEvento. */
export function placeAt(
  element: XmlElement | null,
  reference: Reference,
): { readonly comune?: string; readonly stato?: string } | null {
  if (element === null) return null;
  const comune = comuneAt(element, 'comune', reference);
  if (comune !== '') return { comune };
  const stato = at(element, 'localita/codiceStato');
  return stato === '' ? null : { stato };
}

/** A day that an element gives, or null. */
export function dayAt(element: XmlElement | null, path: string): string | null {
  if (element === null) return null;
  const text = at(element, path);
  return parsePartialDate(text)?.length === 10 ? text : null;
}
