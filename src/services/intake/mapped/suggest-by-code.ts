/**
 * Columns that have no name, known by what they hold: a codice fiscale says how the surname, the given name, the sex, the day and
 * the place of birth beside it begin, so that each of them can be found without a header.
 */
import {
  type DefinitiveCode,
  nameCode,
  parseCodiceFiscale,
  surnameCode,
} from '../../../kernel/codice-fiscale.ts';
import { dateReader } from './dates.ts';
import { CENTURY, type ColumnLook, dateShapeOf } from './suggest-values.ts';

/** A column of which nobody knows the name yet: its values, row by row, as they stand in the file without their padding. */
export interface NamelessColumn {
  readonly cells: readonly string[];
}

/** Of the rows that have both a code and a value, how many must agree. Codes and names do differ, now and then. */
const AGREE = 0.85;
/** Fewer rows prove nothing. */
const LEAST_ROWS = 3;

export const lookOf = (name: string, { cells }: NamelessColumn): ColumnLook => {
  const filled = cells.filter((cell) => cell !== '');
  return { name, values: [...new Set(filled)], filled: filled.length };
};

function codesOf({ cells }: NamelessColumn): readonly (DefinitiveCode | null)[] {
  return cells.map((cell) => {
    const parsed = cell.length === 16 ? parseCodiceFiscale(cell) : null;
    return parsed?.kind === 'definitive' ? parsed : null;
  });
}

/** Does a cell say the same as the code beside it? */
type Tells = (cell: string, code: DefinitiveCode) => boolean;

/** Does a column that holds surname and given name together tell those of the code, wherever the one ends? */
function tellsBoth(text: string, code: DefinitiveCode): boolean {
  const words = text.split(/[*/ ]+/);
  for (let k = 1; k < words.length; k++)
    if (
      surnameCode(words.slice(0, k).join(' ')) === code.surname &&
      nameCode(words.slice(k).join(' ')) === code.name
    )
      return true;
  return false;
}

function bornOn(shape: string): Tells {
  const read = dateReader(shape, CENTURY);
  return (cell, code) => {
    const date = read(cell);
    if (date === null) return false;
    return (
      Number(date.slice(2, 4)) === code.year &&
      Number(date.slice(5, 7)) === code.month &&
      Number(date.slice(8, 10)) === code.day
    );
  };
}

/** What a code tells, by the name that a proposal knows it by. */
const TOLD: readonly (readonly [name: string, tells: Tells])[] = [
  // Before the surname: a surname and more would pass for one.
  ['NOMINATIVO', tellsBoth],
  ['COGNOME', (cell, code) => surnameCode(cell) === code.surname],
  ['NOME', (cell, code) => nameCode(cell) === code.name],
  ['SESSO', (cell, code) => cell === code.sex || (code.sex === 'M' ? '1' : '2') === cell],
  ['COMUNE_NASCITA', (cell, code) => cell.toUpperCase() === code.place],
];

/**
 * @param columns in the order of the file
 * @returns a name for each column: that of what it holds, or the one given for its place
 */
export function namesByCode(
  columns: readonly NamelessColumn[],
  placeName: (index: number) => string,
): readonly string[] {
  const names = columns.map((_, i) => placeName(i));
  const codes = columns.map(codesOf);
  const found = codes.map((own) => own.filter((code) => code !== null).length);
  // Of a person's own code, a father's and a mother's, the first that is filled as often as any.
  const own = found.indexOf(Math.max(...found));
  if (own < 0 || found[own]! < LEAST_ROWS) return names;
  const code = codes[own]!;
  names[own] = 'CODICE_FISCALE';
  const agrees = (column: NamelessColumn, tells: Tells): boolean => {
    let seen = 0;
    let agreeing = 0;
    for (const [row, cell] of column.cells.entries()) {
      const parsed = code[row];
      if (parsed == null || cell === '') continue;
      seen++;
      if (tells(cell, parsed)) agreeing++;
    }
    return seen >= LEAST_ROWS && agreeing >= AGREE * seen;
  };
  const given = new Set([own]);
  const give = (name: string, tells: (column: NamelessColumn, index: number) => boolean): void => {
    const index = columns.findIndex((column, i) => !given.has(i) && tells(column, i));
    if (index < 0) return;
    given.add(index);
    names[index] = name;
  };
  for (const [name, tells] of TOLD) give(name, (column) => agrees(column, tells));
  give('DATA_NASCITA', (column, i) => {
    const shape = dateShapeOf(lookOf(names[i]!, column));
    return shape !== null && agrees(column, bornOn(shape));
  });
  return names;
}
