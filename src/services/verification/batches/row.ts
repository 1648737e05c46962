/** A row of a file of declarations: the question in it, or what is wrong and what to do, by column; and the row of its answer. Pure. */
import { csvLine } from '../../../platform/csv/write-csv.ts';
import type { Reference } from '../../../reference/load-reference.ts';
import type { Verdict } from '../verdict.ts';
import type { Question } from '../verify.service.ts';
import { findingWords } from '../words.ts';
import { readWritten, readWrittenPerson, type WrittenFault } from '../written.ts';
import { ANSWERED, type Column } from './columns.ts';

/** A row as it is kept until it is answered. */
export interface BatchRow {
  readonly line: number;
  /** Null where the line was no CSV. */
  readonly cells: readonly string[] | null;
}

export type ReadRow =
  | { readonly kind: 'question'; readonly question: Question }
  | { readonly kind: 'wrong'; readonly text: string };

/** The declared names of `generalita` are those in the columns that otherwise say who declares. */
const IDENTITY: ReadonlySet<Column> = new Set<Column>(['cognome', 'nome', 'sesso']);
const PERSON: ReadonlySet<Column> = new Set<Column>(['codice_fiscale', 'cognome', 'nome', 'data_nascita']);
const NOT_DECLARED: ReadonlySet<Column> = new Set<Column>(['riferimento', 'oggetto', ...PERSON]);

const wrong = (line: number, faults: readonly WrittenFault[]): ReadRow => ({
  kind: 'wrong',
  text: faults
    .map(({ nome, it, en }) => {
      const column = nome === 'componente' ? 'componenti' : nome;
      return `riga ${line}, colonna «${column}»: ${it} / line ${line}, column "${column}": ${en}`;
    })
    .join('; '),
});

/** @param comune the ISTAT code of a comune written by code or name; null where there is none */
export function readRow(
  columns: readonly Column[],
  { line, cells }: BatchRow,
  comune: (text: string) => string | null,
): ReadRow {
  if (cells === null)
    return {
      kind: 'wrong',
      text: `riga ${line}: le virgolette non si chiudono, o la riga è troppo lunga / line ${line}: the quotes do not close, or the line is too long`,
    };
  if (cells.length > columns.length)
    return {
      kind: 'wrong',
      text: `riga ${line}: ${cells.length} valori per ${columns.length} colonne; mettere tra virgolette i valori che contengono il separatore / line ${line}: ${cells.length} values for ${columns.length} columns; quote the values that hold the separator`,
    };
  const told = new Map<Column, string>();
  for (const [i, column] of columns.entries()) {
    const text = (cells[i] ?? '').trim();
    if (text !== '') told.set(column, text);
  }
  const oggetto = told.get('oggetto') ?? '';
  if (oggetto === '')
    return wrong(line, [
      { nome: 'oggetto', it: 'manca: che cosa si dichiara', en: 'is missing: what is declared' },
    ]);
  const person = personOf(told);
  const declared = readWritten(oggetto, writtenOf(oggetto, told, comune));
  const place = told.get('comune');
  const noPlace: readonly WrittenFault[] =
    place === undefined || comune(place) !== null
      ? []
      : [
          {
            nome: 'comune',
            it: 'nessun comune di questo nome: scrivere il nome intero di oggi, o il codice ISTAT di 6 cifre',
            en: 'no comune of this name: write its whole name of today, or its ISTAT code of 6 digits',
          },
        ];
  if (noPlace.length > 0) return wrong(line, noPlace);
  const faults = [
    ...(person.kind === 'wrong' ? person.faults : []),
    ...(declared.kind === 'wrong' ? declared.faults : []),
  ];
  if (person.kind === 'wrong' || declared.kind === 'wrong') return wrong(line, faults);
  return {
    kind: 'question',
    question: { persona: person.persona, dichiarazioni: [declared.declared] },
  };
}

function personOf(told: ReadonlyMap<Column, string>) {
  const code = told.get('codice_fiscale');
  if (code !== undefined) return readWrittenPerson({ codice_fiscale: code });
  return readWrittenPerson(
    Object.fromEntries([...told].filter(([column]) => PERSON.has(column) && column !== 'codice_fiscale')),
  );
}

function writtenOf(
  oggetto: string,
  told: ReadonlyMap<Column, string>,
  comune: (text: string) => string | null,
): [string, string][] {
  const written: [string, string][] = [];
  for (const [column, text] of told) {
    if (oggetto === 'generalita' && IDENTITY.has(column)) written.push([column, text]);
    else if (column === 'componenti')
      for (const one of text.split('|')) written.push(['componente', one.trim()]);
    else if (column === 'comune') written.push([column, comune(text) ?? text]);
    else if (!NOT_DECLARED.has(column)) written.push([column, text]);
  }
  const birth = told.get('data_nascita');
  // Of who is named by code, the birth date beside it is what they declare.
  if (oggetto === 'nascita' && birth !== undefined && told.has('codice_fiscale') && !told.has('data'))
    written.push(['data', birth]);
  return written;
}

/** A comune by its ISTAT code or its name of today. */
export const comuneOf =
  (reference: Reference) =>
  (text: string): string | null => {
    if (/^\d{6}$/.test(text)) return text;
    const [found, ...others] = reference.findComuniByName(text).filter(({ validTo }) => validTo === null);
    return others.length > 0 ? null : (found?.istat ?? null);
  };

export const headerLine = (columns: readonly Column[]): string => csvLine([...columns, ...ANSWERED]);

const filled = (columns: readonly Column[], { cells }: BatchRow): string[] =>
  columns.map((_, i) => cells?.[i] ?? '');

/** The row with its outcome, and of N and A why. */
export function answeredLine(
  columns: readonly Column[],
  row: BatchRow,
  { esito, elementi }: Verdict,
): string {
  const why = elementi
    .filter((one) => one.esito !== 'concorda')
    .map((one) => findingWords(one, 'it'))
    .join('; ');
  return csvLine([...filled(columns, row), String(row.line), esito, why, '']);
}

export const wrongLine = (columns: readonly Column[], row: BatchRow, text: string): string =>
  csvLine([...filled(columns, row), String(row.line), '', '', text]);
