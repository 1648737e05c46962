/** Records as rows of columns, and back. What SQL cannot make of the texts of a record (keys, sounds, hashes of blocks) goes with them. Pure. */
import { type BlockingRule, blockHash, NO_BLOCK } from './blocking.ts';
import { bothNames, ENTRY_KEYS, type EntryRecord } from './entry-record.ts';
import { formOf, type NameForm, textOfForm } from './names.ts';

/** Columns of the table `records` before those of the blocks, in their order. */
export const RECORD_COLUMNS = {
  record: 'integer',
  entry_id: 'bigint',
  person_id: 'bigint',
  sealed: 'boolean',
  surname: 'varchar',
  surname_key: 'varchar',
  surname_sound: 'varchar',
  given: 'varchar',
  given_key: 'varchar',
  given_sound: 'varchar',
  both_names: 'varchar',
  /** A name has letters of more than one byte. */
  wide: 'boolean',
  sex: 'varchar',
  year: 'smallint',
  month: 'tinyint',
  day: 'tinyint',
  birth_comune: 'varchar',
  cadastral: 'varchar',
  state: 'varchar',
  town: 'varchar',
  code: 'varchar',
  code_base: 'varchar',
  code_validated: 'boolean',
  code_fits: 'boolean',
  father: 'varchar',
  mother: 'varchar',
  comune: 'varchar',
  street: 'varchar',
  civico: 'varchar',
} as const;

type Value = string | number | bigint | boolean | null;

const isWide = (key: string | undefined): boolean => key !== undefined && /[^ -~]/.test(key);

const nameColumns = (form: NameForm | null): Value[] =>
  form === null ? [null, null, null] : [textOfForm(form), form.key, form.sound];

/** @param number of the record, from 0 */
export function columnsOf(record: EntryRecord, number: number, rules: readonly BlockingRule[]): Value[] {
  const { surname, given, birth, place, code } = record;
  const values: Value[] = [
    number,
    BigInt(record.entryId),
    BigInt(record.personId),
    record.sealed,
    ...nameColumns(surname),
    ...nameColumns(given),
    bothNames(record),
    isWide(surname?.key) || isWide(given?.key),
    record.sex,
    birth?.year ?? null,
    birth?.month ?? null,
    birth?.day ?? null,
    place?.comune ?? null,
    place?.cadastral.join(' ') ?? null,
    place?.state ?? null,
    place?.town ?? null,
    code?.written ?? null,
    code?.base ?? null,
    code?.validated ?? null,
    code?.fits ?? null,
    record.father,
    record.mother,
    record.comune,
    record.street,
    record.civico,
  ];
  for (const rule of rules) {
    const hash = blockHash(rule, ENTRY_KEYS, record);
    values.push(hash === NO_BLOCK ? null : hash);
  }
  return values;
}

/** A row of the table `records`. */
export type RecordColumns = {
  readonly [column in keyof typeof RECORD_COLUMNS]: (typeof RECORD_COLUMNS)[column] extends 'varchar'
    ? string | null
    : (typeof RECORD_COLUMNS)[column] extends 'boolean'
      ? boolean
      : number | null;
};

/** The record that a row was made of. */
export function recordOfColumns(row: RecordColumns): EntryRecord {
  const { year, month, day, birth_comune, code } = row;
  return {
    entryId: row.entry_id!,
    personId: row.person_id!,
    sealed: row.sealed,
    surname: row.surname === null ? null : formOf(row.surname),
    given: row.given === null ? null : formOf(row.given),
    sex: row.sex!,
    birth: year === null ? null : { year, month: month!, day: day! },
    place:
      birth_comune === null
        ? null
        : {
            comune: birth_comune,
            cadastral: row.cadastral === '' ? [] : row.cadastral!.split(' '),
            state: row.state!,
            town: row.town!,
          },
    code:
      code === null
        ? null
        : { written: code, base: row.code_base!, validated: row.code_validated, fits: row.code_fits },
    father: row.father,
    mother: row.mother,
    comune: row.comune!,
    street: row.street,
    civico: row.civico,
  };
}
