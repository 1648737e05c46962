/** The file that an office sends: its columns, in Italian, any of them left out; one declaration a row (docs/manuale/verifiche.md). Pure. */
import { AppError } from '../../../kernel/app-error.ts';
import { nearestName } from '../../../kernel/nearest.ts';

/** Columns of a file of declarations, in the order of the template. */
export const COLUMNS = {
  riferimento: ['proprio riferimento, ripetuto nell’esito', 'your own reference, repeated in the outcome'],
  codice_fiscale: ['di chi dichiara; se manca, cognome e nome', 'of who declares; else surname and name'],
  cognome: [
    'di chi dichiara; con oggetto generalita, dichiarato',
    'of who declares; declared, with generalita',
  ],
  nome: ['come sopra', 'the same'],
  data_nascita: ['AAAA-MM-GG, AAAA-MM o AAAA', 'YYYY-MM-DD, YYYY-MM or YYYY'],
  oggetto: ['che cosa si dichiara', 'what is declared'],
  sesso: ['M o F (generalita)', 'M or F (generalita)'],
  data: ['di nascita o di decesso, dichiarata', 'of birth or death, declared'],
  comune: ['codice ISTAT di 6 cifre o nome', 'ISTAT code of 6 digits, or name'],
  stato: ['codice ISTAT di 3 cifre', 'ISTAT code of 3 digits'],
  via: ['specie e nome della via', 'kind and name of the street'],
  civico: ['numero con la lettera: 12/A', 'number with its letter: 12/A'],
  scala: ['', ''],
  piano: ['', ''],
  interno: ['', ''],
  dal: ['da quando: AAAA-MM-GG, AAAA-MM o AAAA', 'since when'],
  non: ['si: dichiara di non risiedere lì', 'si: declares not to live there'],
  valore: ['stato civile dichiarato', 'civil status declared'],
  coniuge: ['codice fiscale, o COGNOME/NOME/NASCITA', 'codice fiscale, or SURNAME/NAME/BIRTH'],
  componenti: [
    'gli altri della famiglia, separati da |: CODICE o COGNOME/NOME/NASCITA, poi :relazione',
    'the others of the family, between |',
  ],
  figlio: ['codice fiscale, o COGNOME/NOME/NASCITA', 'codice fiscale, or SURNAME/NAME/BIRTH'],
  parente: ['codice fiscale, o COGNOME/NOME/NASCITA', 'codice fiscale, or SURNAME/NAME/BIRTH'],
  relazione: ['coniuge, ascendente o discendente', 'coniuge, ascendente or discendente'],
  codice: ['codice fiscale dichiarato', 'codice fiscale declared'],
  materia: ['delle altre lettere dell’art. 46', 'of the other letters of art. 46'],
} as const satisfies Readonly<Record<string, readonly [it: string, en: string]>>;

export type Column = keyof typeof COLUMNS;
const NAMES = Object.keys(COLUMNS) as readonly Column[];
const isColumn = (name: string): name is Column => Object.hasOwn(COLUMNS, name);

/** Columns that follow those of the office in the answer. */
export const ANSWERED = ['riga', 'esito', 'motivi', 'errore'] as const;

export const TEMPLATE = NAMES.join(';');

const normal = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[\s_-]+/g, '_');

/**
 * The columns of a header. @throws AppError invalid-request, for a column that is not of the template, comes twice, or is needed and missing: nothing of
 * such a file is answered, for a misread column would make of a true declaration a false one
 */
export function readHeader(cells: readonly string[]): readonly Column[] {
  const names = cells.map(normal);
  for (const [i, name] of names.entries()) {
    if (!isColumn(name)) throw unknownColumn(cells[i] ?? '', name, i + 1);
    if (names.indexOf(name) < i)
      throw refused(`riga 1: la colonna «${name}» c’è due volte`, `line 1: the column "${name}" comes twice`);
  }
  if (!names.includes('oggetto'))
    throw refused(
      `riga 1: manca la colonna «oggetto»; la prima riga porta i nomi delle colonne: ${TEMPLATE}`,
      `line 1: the column "oggetto" is missing; the first line holds the names of the columns: ${TEMPLATE}`,
    );
  if (!names.includes('codice_fiscale') && !(names.includes('cognome') && names.includes('nome')))
    throw refused(
      'riga 1: servono «codice_fiscale», oppure «cognome» e «nome»',
      'line 1: "codice_fiscale" is needed, or "cognome" and "nome"',
    );
  return names as Column[];
}

const refused = (it: string, en: string): AppError => new AppError('invalid-request', it, en);

function unknownColumn(written: string, name: string, number: number): AppError {
  const near = nearestName(name, NAMES) ?? undefined;
  const shown = written.trim().slice(0, 40);
  return refused(
    `riga 1, colonna ${number}: «${shown}» non è una colonna prevista${near === undefined ? '' : `; forse «${near}»`}. Le colonne sono: ${TEMPLATE}`,
    `line 1, column ${number}: "${shown}" is no foreseen column${near === undefined ? '' : `; perhaps "${near}"`}. The columns are: ${TEMPLATE}`,
  );
}
