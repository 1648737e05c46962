/** The mapping of a package turned round: from the columns of the page back to the fields that the package would have written. */
import { readFileSync } from 'node:fs';
import { findPackage } from '../../src/services/intake/mapped/packages.ts';
import { readMapping } from '../../src/services/intake/mapped/read-mapping.ts';
import type { Mapping, Value } from '../../src/services/intake/mapped/schema.ts';
import type { CsvRow } from './csv-register.ts';

export function packageMapping(name: string): Mapping {
  const { mapping, problems } = readMapping(readFileSync(findPackage(name)!));
  if (mapping === null) throw new Error(JSON.stringify(problems));
  return mapping;
}

/** AAAA-MM-GG, AAAA-MM or AAAA in one of the shapes: the first that can hold what is known, zeros standing for the rest. */
export function dateIn(shapes: readonly string[], text: string): string {
  if (text === '') return '';
  const [year = '', month = '', day = ''] = text.split('-');
  const whole = shapes.find(
    (shape) => shape.includes('GG') === (day !== '') && shape.includes('MM') === (month !== ''),
  );
  return (whole ?? shapes[0]!)
    .replace('AAAA', year)
    .replace('MM', month === '' ? '00' : month)
    .replace('GG', day === '' ? '00' : day);
}

/** What the package wrote where the page has `text`, for a value that is one field with its steps. */
function written(value: Value, text: string, codici: Mapping['codici']): string {
  let out = text;
  if (value.codici !== undefined && out !== '') {
    const found = Object.entries(codici?.[value.codici]?.valori ?? {}).find(([, page]) => page === out);
    out = found?.[0] ?? out;
  }
  if (value.data !== undefined) out = dateIn(value.data, out);
  if (value.riempi !== undefined) out = out.replace(/^0+(?=.)/, '');
  return out === '' ? (value.vuoto_se?.[0] ?? '') : out;
}

/** The fields that the simple values of these columns are made of, for one row of the page. */
export function fieldsOf(
  columns: Readonly<Record<string, Value>>,
  row: CsvRow,
  codici: Mapping['codici'],
): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [column, value] of Object.entries(columns))
    if (value.campo !== undefined) fields[value.campo] = written(value, row[column] ?? '', codici);
  return fields;
}
