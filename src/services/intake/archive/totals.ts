/**
 * Quadratura (tracciato.md 1): what the files hold, rows with defects included, against what the manifest declares.
 * Counted while the structure of each table is checked, before any row is judged, because a refusal stops first.
 */
import type { Finding } from '../../../kernel/findings.ts';
import { type FindingCode, finding, type Where } from '../messages/messages.ts';
import type { RowBytes } from '../rows/csv-rows.ts';
import { CONVIVENZE, FAMIGLIE, type FileSpec, SOGGETTI } from '../rows/file-specs.ts';
import { scanTable, type TableRead } from './csv.ts';

/** The keys of `quadratura`, in the order of the page. */
export const TOTALS = [
  'soggetti',
  'residenti',
  'maschi',
  'femmine',
  'italiani',
  'stranieri',
  'famiglie',
  'convivenze',
  'eventi',
] as const;
export type TotalName = (typeof TOTALS)[number];
export type Totals = Record<TotalName, number>;

/** National codes where there is one; any other total is SIP-013 (tracciato.md 4). */
const CODES: Readonly<Record<TotalName, FindingCode>> = {
  soggetti: 'EN011',
  residenti: 'SIP-013',
  maschi: 'EN019',
  femmine: 'EN017',
  italiani: 'SIP-013',
  stranieri: 'SIP-013',
  famiglie: 'EN021',
  convivenze: 'EN023',
  eventi: 'SIP-013',
};

export function noTotals(): Totals {
  return {
    soggetti: 0,
    residenti: 0,
    maschi: 0,
    femmine: 0,
    italiani: 0,
    stranieri: 0,
    famiglie: 0,
    convivenze: 0,
    eventi: 0,
  };
}

const RESIDENTE = Buffer.from('RESIDENTE');
const ITALIA = Buffer.from('100');
const MALE = 'M'.charCodeAt(0);
const FEMALE = 'F'.charCodeAt(0);

const place = (spec: FileSpec, header: Int32Array, column: string): number =>
  header[spec.columns.findIndex(({ name }) => name === column)] ?? -1;

/** Does the cell hold exactly these bytes? False for a column that is not in the file (-1). */
function holds(row: RowBytes, at: number, bytes: Buffer): boolean {
  if (at < 0) return false;
  const begin = row.starts[at]!;
  if (row.ends[at]! - begin !== bytes.length) return false;
  for (let i = 0; i < bytes.length; i++) if (row.buffer[begin + i] !== bytes[i]) return false;
  return true;
}

const empty = (row: RowBytes, at: number): boolean => at < 0 || row.starts[at] === row.ends[at];

/** Reads a table once: its structure, its rows, and its part of the totals. */
export function countTable(path: string, spec: FileSpec, totals: Totals): TableRead {
  if (spec === SOGGETTI) return countSoggetti(path, totals);
  const key: TotalName | null = spec === FAMIGLIE ? 'famiglie' : spec === CONVIVENZE ? 'convivenze' : null;
  let al = -1;
  return scanTable(path, spec, (row, header) => {
    if (header !== undefined) al = place(spec, header, 'al');
    else if (key !== null && empty(row, al)) totals[key]++;
  });
}

function countSoggetti(path: string, totals: Totals): TableRead {
  let posizione = -1;
  let sesso = -1;
  let cittadinanza = -1;
  return scanTable(path, SOGGETTI, (row, header) => {
    if (header !== undefined) {
      posizione = place(SOGGETTI, header, 'posizione');
      sesso = place(SOGGETTI, header, 'sesso');
      cittadinanza = place(SOGGETTI, header, 'cittadinanza');
      return;
    }
    totals.soggetti++;
    if (!holds(row, posizione, RESIDENTE)) return;
    totals.residenti++;
    const begin = row.starts[sesso]!;
    if (row.ends[sesso]! - begin === 1) {
      if (row.buffer[begin] === MALE) totals.maschi++;
      else if (row.buffer[begin] === FEMALE) totals.femmine++;
    }
    if (holds(row, cittadinanza, ITALIA)) totals.italiani++;
    else totals.stranieri++;
  });
}

/** Where a total is declared, and how it is written there. */
type Declares = (name: TotalName, value: number) => Pick<Where, 'file' | 'campo' | 'valore' | 'altro'>;

const inManifest: Declares = (name, value) => ({
  file: 'fornitura.json',
  campo: `quadratura.${name}`,
  valore: String(value),
});

/** One finding for each declared total that is not the counted one. Totals left undeclared are not checked. */
export function compareTotals(
  declared: Partial<Totals>,
  counted: Totals,
  place: Declares = inManifest,
): Finding[] {
  const findings: Finding[] = [];
  for (const name of TOTALS) {
    const value = declared[name];
    if (value === undefined || value === counted[name]) continue;
    findings.push(finding(CODES[name], { ...place(name, value), atteso: String(counted[name]) }));
  }
  return findings;
}
